"""The Python client: ``Client`` and ``AsyncClient``, for any kirin-video server.

```python
from kirin_video.client import Client

with Client() as client:  # reads KIRIN_BASE_URL and KIRIN_API_KEY
    task = client.generate(prompt="Waves on a beach at dusk, crane up", aspect_ratio="16:9", mode="std")
    client.download(task, "beach.mp4")
```
"""

from kirin_video.client.async_client import AsyncClient
from kirin_video.client.errors import (
    ApiError,
    CallbackNotTrusted,
    ClientError,
    ConnectionFailed,
    DownloadFailed,
    TaskFailed,
    WaitTimeout,
)
from kirin_video.client.parameters import GenerationParameters, inline_image
from kirin_video.client.sync_client import Client
from kirin_video.client.verify_callback import verify_callback
from kirin_video.domain.wire import ElementResource, FileResource, TaskEvent, TaskList, TaskResource
from kirin_video.domain.wire_callbacks import (
    CallbackSecret,
    DeliveryRecord,
    DeliveryResource,
    ReceiverResource,
)
from kirin_video.domain.wire_catalog import Quote
from kirin_video.domain.wire_usage import UsageList

__all__ = [
    "ApiError",
    "AsyncClient",
    "CallbackNotTrusted",
    "CallbackSecret",
    "Client",
    "ClientError",
    "ConnectionFailed",
    "DeliveryRecord",
    "DeliveryResource",
    "DownloadFailed",
    "ElementResource",
    "FileResource",
    "GenerationParameters",
    "Quote",
    "ReceiverResource",
    "TaskEvent",
    "TaskFailed",
    "TaskList",
    "TaskResource",
    "UsageList",
    "WaitTimeout",
    "inline_image",
    "verify_callback",
]
