"""All that there is to do with callbacks, as one record."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.services.callback_secrets import CallbackSecrets
from kirin_video.services.deliver import ClaimDeliveries, EndAttempt, TryDelivery
from kirin_video.services.deliveries import ListDeliveries, ReadDelivery, ResendDelivery, SendTest
from kirin_video.services.forget_deliveries import ForgetDeliveries
from kirin_video.services.receivers import EnableReceiver, ListReceivers, ReadReceiver


@dataclass(frozen=True)
class Callbacks:
    """The services around callbacks.

    Attributes:
        secrets: what they are signed with.
        list_deliveries: the deliveries of an account.
        read_delivery: one of them, with its attempts.
        resend: send one again.
        send_test: send a test.
        list_receivers: where an account's callbacks go.
        read_receiver: one of these places.
        enable_receiver: enable one again.
        claim: what a worker may deliver now.
        attempt: try a delivery.
        end: note how it went.
        forget: let go of deliveries that ended long ago.
    """

    secrets: CallbackSecrets
    list_deliveries: ListDeliveries
    read_delivery: ReadDelivery
    resend: ResendDelivery
    send_test: SendTest
    list_receivers: ListReceivers
    read_receiver: ReadReceiver
    enable_receiver: EnableReceiver
    claim: ClaimDeliveries
    attempt: TryDelivery
    end: EndAttempt
    forget: ForgetDeliveries
