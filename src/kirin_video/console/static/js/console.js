// The console's scripts: each module defines a custom element or gives one behaviour to all pages.
// Pages work without them, as far as they can; what cannot work without them is hidden until they run.

import "./copy.js";
import "./menu.js";
import "./picture.js";
import "./plot.js";
import "./time.js";
import "./upload.js";
import { openDialogs } from "./dialogs.js";
import { showSending } from "./sending.js";

openDialogs();
showSending();
