"""Puts the parts together; the one place that knows them all."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from kirin_video.domain.access import Limits
from kirin_video.domain.callback_schedule import SPAN_S
from kirin_video.domain.money import usd
from kirin_video.domain.pricing import PriceList
from kirin_video.engines.registry import EngineRegistry
from kirin_video.media.fetch import SafeFetcher
from kirin_video.media.judge import MediaJudge
from kirin_video.media.post import SafePoster
from kirin_video.media.tunnel import EgressProxy, egress_proxy
from kirin_video.presets.catalogue import is_preset_key
from kirin_video.queue.jobs import JobQueue
from kirin_video.queue.liveness import Liveness
from kirin_video.queue.schema import migrate_queue
from kirin_video.services.accounts import CreateAccount, LimitAccount, ListAccounts
from kirin_video.services.admit import Admit
from kirin_video.services.authenticate import Authenticate
from kirin_video.services.budgets import DropBudget, ReadBudget, SetBudget
from kirin_video.services.callback_secrets import Ahead, CallbackSecrets, no_time_ahead
from kirin_video.services.callbacks import Callbacks
from kirin_video.services.cancel_task import CancelTask
from kirin_video.services.concurrency import LimitUnfinished
from kirin_video.services.console import AdminServices, ConsoleServices
from kirin_video.services.cover_holds import CoverHolds
from kirin_video.services.create_element import CreateElement
from kirin_video.services.create_key import CreateKey
from kirin_video.services.create_task import CreateTask
from kirin_video.services.delete_task import DeleteTask
from kirin_video.services.deliver import ClaimDeliveries, EndAttempt, TryDelivery
from kirin_video.services.deliveries import ListDeliveries, ReadDelivery, ResendDelivery, SendTest
from kirin_video.services.element_pictures import FindElementPicture, LinkElement
from kirin_video.services.elements import DeleteElement, ListElements, ReadElement
from kirin_video.services.expire_tasks import ExpireTasks
from kirin_video.services.finish_element import FinishElement
from kirin_video.services.forget_deliveries import ForgetDeliveries
from kirin_video.services.gallery import Gallery
from kirin_video.services.keys import CapKey, ListKeys, RevokeKey, RotateKey
from kirin_video.services.known_answers import KnownAnswers
from kirin_video.services.list_models import ListModels
from kirin_video.services.list_tasks import ListTasks
from kirin_video.services.open_upload import OpenUpload
from kirin_video.services.overviews import ReadOverview, ReadServer
from kirin_video.services.own_keys import OwnKeys
from kirin_video.services.people import make_people
from kirin_video.services.preset_pictures import PresetElements
from kirin_video.services.preview_plan import PreviewPlan
from kirin_video.services.prices import CurrentPrices, GiveDiscount, ListPrices, SetPrices
from kirin_video.services.quote import QuoteRequest
from kirin_video.services.quote_element import QuoteElement
from kirin_video.services.rates import CountCreates, CountReads
from kirin_video.services.read_load import ReadLoad
from kirin_video.services.read_task import ReadTask
from kirin_video.services.read_usage import ReadUsage
from kirin_video.services.readiness import CheckReadiness
from kirin_video.services.receivers import EnableReceiver, ListReceivers, ReadReceiver
from kirin_video.services.remove_files import RemoveFiles
from kirin_video.services.repeats import ForgetKeys
from kirin_video.services.results import LinkResult, OpenResult
from kirin_video.services.retention import ForgetOldFiles, RetainFiles
from kirin_video.services.reuse_files import ReuseFiles
from kirin_video.services.room import RequireRoom
from kirin_video.services.runs import (
    FailRun,
    FinishRun,
    HasEnded,
    HoldsRun,
    ReportProgress,
    ReturnRun,
    StartRun,
)
from kirin_video.services.share_task import OpenShare, ShareTask
from kirin_video.services.stills import FindStill, KeepPreview, Stills
from kirin_video.services.sweep_orphans import SweepOrphans
from kirin_video.services.sweep_scratch import SweepScratch
from kirin_video.services.take_elements import TakeElements
from kirin_video.services.take_inputs import TakeInputs
from kirin_video.services.take_pictures import KeepPicture, TakePictures
from kirin_video.services.task_feed import TaskFeed
from kirin_video.services.tend_files import TendFiles
from kirin_video.services.uploads import DeleteUpload, KeepUpload, ReadUpload, SweepUploads, TakeUpload
from kirin_video.services.verify_files import FindInput, VerifyOnce
from kirin_video.services.watch_task import WatchTask
from kirin_video.settings import Settings
from kirin_video.store.account_rows import AccountRows
from kirin_video.store.blob_rows import BlobRows
from kirin_video.store.blobs import LocalBlobs
from kirin_video.store.budget_rows import BudgetRows
from kirin_video.store.callback_rows import CallbackRows, SecretRows
from kirin_video.store.cap_rows import CapRows
from kirin_video.store.database import Database
from kirin_video.store.delivery_rows import DeliveryRows
from kirin_video.store.disk import FreeSpace
from kirin_video.store.element_rows import ElementRows
from kirin_video.store.gallery_rows import GalleryRows
from kirin_video.store.key_rows import KeyRows
from kirin_video.store.limit_rows import LimitRows
from kirin_video.store.load_rows import LoadRows
from kirin_video.store.log_rows import LogRows
from kirin_video.store.name_rows import NameRows
from kirin_video.store.outbox_rows import OutboxRows
from kirin_video.store.overview_rows import OverviewRows
from kirin_video.store.price_rows import PriceRows
from kirin_video.store.pulse import Pulse
from kirin_video.store.run_rows import RunRows
from kirin_video.store.share_rows import ShareRows
from kirin_video.store.task_rows import TaskRows
from kirin_video.store.upload_rows import UploadRows
from kirin_video.store.usage_rows import UsageRows


@dataclass(frozen=True)
class Services:
    """Every use case, and what a worker needs besides.

    Attributes:
        database: the connections to PostgreSQL.
        authenticate: who is calling.
        admit: whether a call may go on.
        create_key: a new API key.
        create_task: a new task.
        forget_keys: let go of create calls' keys that are a day old.
        expire_tasks: end tasks that no worker took up in time.
        read_usage: what an account used.
        read_task: how a task stands.
        known_answers: what this process need not ask the database for.
        keep_upload: a file that a caller uploaded.
        require_room: refuse while the disk is nearly full.
        read_upload: what is known of one.
        open_upload: its bytes, for its owners.
        take_upload: lend one to a task or an element.
        delete_upload: forget one at its owner's wish.
        tend_files: forget, remove and clear away what nobody needs any more.
        check_readiness: whether new work can be taken in.
        quote: what a request would make and cost.
        quote_element: the same of a request for an element.
        preview_plan: what an engine makes of a prompt.
        reuse_files: files of tasks as uploads for requests to come.
        list_models: what can be asked for.
        list_tasks: the tasks of an account.
        cancel_task: end a task before its time.
        delete_task: remove a task and its files.
        watch_task: a task's changes as they happen.
        stills: pictures of clips, while they are made and afterwards.
        remove_files: the sweep for files of deleted tasks.
        create_element: a new element of the library, and the task that makes it.
        read_element: an element.
        list_elements: the elements of an account.
        delete_element: remove an element.
        link_element: signed links to the pictures of an element.
        keep_picture: judge a picture and keep it.
        finish_element: complete a task that makes an element.
        read_load: what waits, runs and has ended.
        link_result: signed links to what a task made.
        open_result: the file behind such a link.
        find_input: the file of a stored input, as it was when it was stored.
        start_run: claim a task.
        report_progress: say how far a run is.
        holds_run: whether a run still has its task.
        finish_run: complete a task.
        fail_run: fail a task.
        return_run: give a task back unfinished.
        has_ended: whether nothing is left to do for a task.
        callbacks: changes of tasks, posted to their callers.
        console: what people do in the console beyond what callers do.
        queue: where workers find tasks.
        liveness: which workers are alive.
        engines: what this server can make.
        blobs: where files are kept.
        judge: says what callers' media are.
        fetcher: brings callers' media from their URLs.
        scratch: the folder for work in progress.
    """

    database: Database
    authenticate: Authenticate
    admit: Admit
    create_key: CreateKey
    create_task: CreateTask
    forget_keys: ForgetKeys
    expire_tasks: ExpireTasks
    read_usage: ReadUsage
    read_task: ReadTask
    known_answers: KnownAnswers
    keep_upload: KeepUpload
    require_room: RequireRoom
    read_upload: ReadUpload
    open_upload: OpenUpload
    take_upload: TakeUpload
    delete_upload: DeleteUpload
    tend_files: TendFiles
    check_readiness: CheckReadiness
    quote: QuoteRequest
    quote_element: QuoteElement
    preview_plan: PreviewPlan
    reuse_files: ReuseFiles
    list_models: ListModels
    list_tasks: ListTasks
    cancel_task: CancelTask
    delete_task: DeleteTask
    watch_task: WatchTask
    stills: Stills
    remove_files: RemoveFiles
    create_element: CreateElement
    read_element: ReadElement
    list_elements: ListElements
    delete_element: DeleteElement
    link_element: LinkElement
    keep_picture: KeepPicture
    finish_element: FinishElement
    read_load: ReadLoad
    link_result: LinkResult
    open_result: OpenResult
    find_input: FindInput
    start_run: StartRun
    report_progress: ReportProgress
    holds_run: HoldsRun
    finish_run: FinishRun
    fail_run: FailRun
    return_run: ReturnRun
    has_ended: HasEnded
    callbacks: Callbacks
    console: ConsoleServices
    queue: JobQueue
    liveness: Liveness
    engines: EngineRegistry
    blobs: LocalBlobs
    judge: MediaJudge
    fetcher: SafeFetcher
    scratch: Path


@asynccontextmanager
async def build(settings: Settings, *, ahead: Ahead = no_time_ahead) -> AsyncGenerator[Services]:
    """Open everything, bring the database up to date, and close it all at the end.

    Args:
        settings: what the operator set.
        ahead: how far time is ahead for callbacks; tests let days pass with it.

    Raises:
        Overloaded: the database cannot be reached.
        SandboxUnavailable: hostile media cannot be judged safely on this machine.
        UnknownEngine: the settings name an engine that is not there.
    """
    scratch = settings.data_dir / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(
            Database(settings.database_url, pool_size=settings.database_pool_size)
        )
        await database.migrate(migrate_queue)
        judge = await stack.enter_async_context(MediaJudge())
        allowed, proxy = settings.allowed_networks, _proxy(settings)
        fetcher = await stack.enter_async_context(SafeFetcher(allowed, proxy=proxy))
        poster = await stack.enter_async_context(SafePoster(allowed, proxy=proxy))
        pulse = Pulse(database)
        stack.push_async_callback(pulse.close)
        feed = await stack.enter_async_context(
            TaskFeed(settings.database_url, also={pulse.channel: pulse.hear})
        )
        queue = JobQueue(database.connection, running_tasks=settings.running_tasks)
        liveness = Liveness(
            database.connection, heartbeat_s=settings.heartbeat_s, stalled_after_s=settings.stalled_after_s
        )
        answers = KnownAnswers(feed, pulse)
        callbacks = _callbacks(settings, database, poster, ahead)
        yield _compose(settings, database, feed, answers, queue, liveness, judge, fetcher, callbacks, scratch)


def _compose(  # noqa: PLR0913, PLR0917 - all that was opened
    settings: Settings,
    database: Database,
    feed: TaskFeed,
    known_answers: KnownAnswers,
    queue: JobQueue,
    liveness: Liveness,
    judge: MediaJudge,
    fetcher: SafeFetcher,
    callbacks: Callbacks,
    scratch: Path,
) -> Services:
    secrets = _secrets(settings)
    tasks, runs, keys, blob_rows = (
        TaskRows(database),
        RunRows(database),
        KeyRows(database),
        BlobRows(database),
    )
    blobs = LocalBlobs(settings.data_dir / "blobs")
    engines = EngineRegistry(settings.engines)
    engines.load_all()
    read_task = ReadTask(database, tasks)
    remove_files, verify = RemoveFiles(database, blob_rows, blobs), VerifyOnce(blobs)
    authenticate = Authenticate(database, keys, secrets, _limits(settings))
    names, limits = NameRows(database), LimitRows(database)
    limit_unfinished = LimitUnfinished(limits, names)
    uploads = UploadRows(database)
    take_upload = TakeUpload(database, uploads, blobs, settings.upload_ttl_s)
    elements, presets = ElementRows(database), PresetElements(blobs, scratch)
    read_element = ReadElement(database, elements, presets)
    keep_picture = KeepPicture(blobs, judge)
    cancel_task = CancelTask(database, tasks, read_task, queue)
    link_result = LinkResult(secrets[0], settings.result_ttl_s)
    space = FreeSpace(settings.data_dir, settings.min_free_bytes)
    require_room = RequireRoom(space)
    take_pictures = TakePictures(keep_picture, blobs, scratch, take_upload, fetcher.refusal, require_room)
    prices = CurrentPrices(database, PriceRows(database), _prices(settings))
    budgets = BudgetRows(database)
    take_inputs = TakeInputs(
        blobs,
        judge,
        scratch,
        take_upload,
        TakeElements(database, elements, presets, blobs),
        fetcher.refusal,
        require_room,
    )
    create_key = CreateKey(database, keys, CapRows(database), AccountRows(database), secrets[0])
    keep_upload = KeepUpload(database, uploads, blobs, judge, settings.upload_ttl_s)
    read_upload = ReadUpload(database, uploads)
    return Services(
        database=database,
        authenticate=authenticate,
        admit=Admit(authenticate, CountCreates(database, limits), CountReads()),
        create_key=create_key,
        create_task=CreateTask(
            database,
            tasks,
            names,
            queue,
            engines,
            prices,
            take_inputs,
            limit_unfinished,
            CoverHolds(budgets, CapRows(database), names),
        ),
        create_element=CreateElement(
            database,
            tasks,
            names,
            runs,
            elements,
            queue,
            engines.plain_class,
            take_pictures,
            limit_unfinished,
        ),
        read_element=read_element,
        list_elements=ListElements(database, elements, presets),
        delete_element=DeleteElement(database, elements, read_element, cancel_task, remove_files),
        link_element=LinkElement(link_result, presets),
        keep_picture=keep_picture,
        finish_element=FinishElement(database, runs, elements),
        forget_keys=ForgetKeys(database, names),
        expire_tasks=ExpireTasks(database, tasks, queue, settings.task_deadline_s),
        read_usage=ReadUsage(database, UsageRows(database)),
        read_task=read_task,
        known_answers=known_answers,
        keep_upload=keep_upload,
        preview_plan=PreviewPlan(engines),
        reuse_files=ReuseFiles(blobs, keep_upload),
        require_room=require_room,
        read_upload=read_upload,
        open_upload=OpenUpload(read_upload, blobs),
        take_upload=take_upload,
        delete_upload=DeleteUpload(database, uploads, remove_files),
        tend_files=TendFiles(
            (
                SweepUploads(database, uploads, remove_files),
                ForgetOldFiles(database, blob_rows, remove_files, settings.retention_days),
                remove_files.sweep,
                SweepOrphans(
                    database,
                    blob_rows,
                    blobs,
                    remove_files,
                    is_preset_key,
                    settings.orphan_after_s,
                ),
                SweepScratch(database, runs, scratch),
            )
        ),
        check_readiness=CheckReadiness(database, space),
        quote_element=QuoteElement(take_pictures),
        quote=QuoteRequest(database, engines, prices, budgets, CapRows(database), take_inputs, blobs, judge),
        list_models=ListModels(engines, prices, judge),
        list_tasks=ListTasks(database, tasks),
        cancel_task=cancel_task,
        delete_task=DeleteTask(database, tasks, read_task, remove_files),
        watch_task=WatchTask(database, tasks, read_task, feed),
        stills=Stills(
            KeepPreview(database, runs, blob_rows, blobs, remove_files),
            FindStill(database, blob_rows, blobs, verify),
        ),
        remove_files=remove_files,
        read_load=ReadLoad(database, LoadRows(database, settings.stalled_after_s), engines.worker_classes),
        link_result=link_result,
        open_result=OpenResult(
            database, blob_rows, verify, FindElementPicture(database, elements, presets), secrets
        ),
        find_input=FindInput(database, blob_rows, blobs),
        start_run=StartRun(database, runs, settings.max_runs),
        report_progress=ReportProgress(database, runs),
        holds_run=HoldsRun(database, runs),
        finish_run=FinishRun(database, runs, blob_rows),
        fail_run=FailRun(database, runs),
        return_run=ReturnRun(database, runs),
        has_ended=HasEnded(database, tasks),
        callbacks=callbacks,
        console=_console(settings, database, create_key, prices, space, read_task, verify),
        queue=queue,
        liveness=liveness,
        engines=engines,
        blobs=blobs,
        judge=judge,
        fetcher=fetcher,
        scratch=scratch,
    )


def _callbacks(settings: Settings, database: Database, poster: SafePoster, ahead: Ahead) -> Callbacks:
    secrets = _secrets(settings)
    rows, deliveries, outbox, tasks = (
        CallbackRows(database),
        DeliveryRows(database),
        OutboxRows(database),
        TaskRows(database),
    )
    signing = CallbackSecrets(database, SecretRows(database), secrets, ahead)
    # What is sent must be of use for as long as it may be sent again, and a while longer.
    links = LinkResult(secrets[0], settings.result_ttl_s + int(SPAN_S))
    read_delivery, read_receiver = ReadDelivery(database, deliveries), ReadReceiver(database, rows)
    return Callbacks(
        secrets=signing,
        list_deliveries=ListDeliveries(database, deliveries, ReadTask(database, tasks)),
        read_delivery=read_delivery,
        resend=ResendDelivery(database, deliveries, read_delivery, ahead),
        send_test=SendTest(database, deliveries, rows, poster.refusal, ahead),
        list_receivers=ListReceivers(database, rows),
        read_receiver=read_receiver,
        enable_receiver=EnableReceiver(database, rows, read_receiver),
        claim=ClaimDeliveries(database, outbox, tasks, signing, links, settings.public_url, ahead),
        attempt=TryDelivery(poster),
        end=EndAttempt(database, outbox, ahead),
        forget=ForgetDeliveries(database, deliveries, timedelta(days=settings.callback_log_days), ahead),
    )


def _console(  # noqa: PLR0913, PLR0917 - parts that others use as well
    settings: Settings,
    database: Database,
    create_key: CreateKey,
    prices: CurrentPrices,
    space: FreeSpace,
    read_task: ReadTask,
    verify: VerifyOnce,
) -> ConsoleServices:
    secrets, shares = _secrets(settings), ShareRows(database)
    people = make_people(database, secrets, _limits(settings))
    accounts, keys, budgets = AccountRows(database), KeyRows(database), BudgetRows(database)
    price_rows, overviews = PriceRows(database), OverviewRows(database)
    return ConsoleServices(
        people=people,
        sessions=people.sessions,
        keys=OwnKeys(
            create_key,
            ListKeys(database, keys),
            RotateKey(database, keys, create_key),
            RevokeKey(database, keys),
            CapKey(database, keys, CapRows(database)),
        ),
        overview=ReadOverview(database, overviews),
        read_budget=ReadBudget(database, budgets),
        gallery=Gallery(database, GalleryRows(database)),
        share_task=ShareTask(database, shares, read_task, secrets),
        open_share=OpenShare(database, shares, TaskRows(database), BlobRows(database), verify, secrets),
        admin=AdminServices(
            create_account=CreateAccount(database, accounts),
            list_accounts=ListAccounts(database, accounts),
            limit_account=LimitAccount(database, accounts),
            set_budget=SetBudget(database, budgets),
            drop_budget=DropBudget(database, budgets),
            give_discount=GiveDiscount(database, price_rows, accounts),
            retain_files=RetainFiles(database, BlobRows(database)),
            current_prices=prices,
            list_prices=ListPrices(database, price_rows),
            set_prices=SetPrices(database, price_rows),
            server=ReadServer(database, overviews, LogRows(database), space),
        ),
    )


def _proxy(settings: Settings) -> EgressProxy | None:
    given = settings.egress_proxy
    return None if given is None else egress_proxy(given.get_secret_value())


def _secrets(settings: Settings) -> tuple[bytes, ...]:
    given = (settings.secret_key, settings.previous_secret_key)
    return tuple(secret.get_secret_value().encode() for secret in given if secret is not None)


def _limits(settings: Settings) -> Limits:
    return Limits(settings.creates_per_minute, settings.reads_per_minute, settings.unfinished_tasks)


def _prices(settings: Settings) -> PriceList:
    return PriceList(
        std=usd(settings.price_std_usd),
        pro=usd(settings.price_pro_usd),
        std_with_video=usd(settings.price_std_video_usd),
        pro_with_video=usd(settings.price_pro_video_usd),
    )
