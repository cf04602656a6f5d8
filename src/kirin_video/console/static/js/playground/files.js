// Makes files fit to be sent: says early what would be refused, and turns other pictures into PNG.

const TAKEN = { "image/jpeg": "image", "image/png": "image", "video/mp4": "video", "video/quicktime": "video" };
const MEGABYTE = 1024 * 1024;

// The file as it can be sent and its kind, or the problem in words.
export async function fit(given, root) {
  const file = TAKEN[given.type] ? given : await converted(given);
  if (!file) return { problem: root.say("wrong_file", { name: given.name }) };
  const kind = TAKEN[file.type];
  const most = Number(kind === "image" ? root.dataset.mostPicture : root.dataset.mostFootage);
  if (file.size > most) {
    return { problem: root.say("too_large", { name: given.name, most: Math.round(most / MEGABYTE) }) };
  }
  return { file, kind };
}

async function converted(file) {
  if (/\.mov$/i.test(file.name) && !file.type) return new File([file], file.name, { type: "video/quicktime" });
  if (!file.type.startsWith("image/")) return null;
  try {
    const picture = await createImageBitmap(file);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height];
    canvas.getContext("2d").drawImage(picture, 0, 0);
    const content = await new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
    return content && new File([content], file.name.replace(/(\.\w+)?$/, ".png"), { type: "image/png" });
  } catch {
    return null;
  }
}
