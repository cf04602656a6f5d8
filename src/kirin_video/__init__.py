"""kirin-video: one durable API that makes and edits video, self-hosted."""
