"""All that the console does beyond what callers of the API do, as records."""

from __future__ import annotations

from dataclasses import dataclass

from kirin_video.services.accounts import CreateAccount, LimitAccount, ListAccounts
from kirin_video.services.budgets import DropBudget, ReadBudget, SetBudget
from kirin_video.services.gallery import Gallery
from kirin_video.services.overviews import ReadOverview, ReadServer
from kirin_video.services.own_keys import OwnKeys
from kirin_video.services.people import People
from kirin_video.services.prices import CurrentPrices, GiveDiscount, ListPrices, SetPrices
from kirin_video.services.retention import RetainFiles
from kirin_video.services.sessions import Sessions
from kirin_video.services.share_task import OpenShare, ShareTask


@dataclass(frozen=True)
class AdminServices:
    """What administrators do; ``kirin accounts`` and ``kirin prices`` do the same.

    Attributes:
        create_account: makes accounts.
        list_accounts: lists them.
        limit_account: gives one limits of its own.
        set_budget: says what one may still spend.
        drop_budget: lets one spend as much as it likes.
        give_discount: gives one a discount.
        retain_files: says for how long one's files are kept.
        current_prices: what things cost now.
        list_prices: what they cost when.
        set_prices: makes them cost something else.
        server: how the server stands.
    """

    create_account: CreateAccount
    list_accounts: ListAccounts
    limit_account: LimitAccount
    set_budget: SetBudget
    drop_budget: DropBudget
    give_discount: GiveDiscount
    retain_files: RetainFiles
    current_prices: CurrentPrices
    list_prices: ListPrices
    set_prices: SetPrices
    server: ReadServer


@dataclass(frozen=True)
class ConsoleServices:
    """The services behind the console's own pages.

    Attributes:
        people: who they are.
        sessions: where they are signed in.
        keys: the keys of the account that somebody works in.
        overview: how that account stands.
        read_budget: what it may still spend.
        gallery: its tasks, for people to look at.
        share_task: links that show a clip to whoever has them.
        open_share: what such a link shows.
        admin: what administrators do.
    """

    people: People
    sessions: Sessions
    keys: OwnKeys
    overview: ReadOverview
    read_budget: ReadBudget
    gallery: Gallery
    share_task: ShareTask
    open_share: OpenShare
    admin: AdminServices
