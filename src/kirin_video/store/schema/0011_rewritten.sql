-- Whoever remembers what callers are shown of a task is told when it becomes another without a change of state: the task
-- is deleted, or its result is.

CREATE FUNCTION tell_task_rewritten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(
        'kirin_task',
        json_build_object(
            'task_id', OLD.id, 'revision', OLD.revision, 'status', OLD.status, 'progress', OLD.progress
        )::text
    );
    RETURN NULL;
END;
$$;

CREATE TRIGGER task_rewritten AFTER UPDATE ON task FOR EACH ROW
    WHEN (OLD.revision = NEW.revision AND (
        OLD.account_id, OLD.external_id, OLD.request, OLD.cost_micro, OLD.discount_micro, OLD.output,
        OLD.fault, OLD.message, OLD.metadata::text, OLD.created_at, OLD.deleted_at
    ) IS DISTINCT FROM (
        NEW.account_id, NEW.external_id, NEW.request, NEW.cost_micro, NEW.discount_micro, NEW.output,
        NEW.fault, NEW.message, NEW.metadata::text, NEW.created_at, NEW.deleted_at
    ))
    EXECUTE FUNCTION tell_task_rewritten();

CREATE TRIGGER task_removed AFTER DELETE ON task FOR EACH ROW EXECUTE FUNCTION tell_task_rewritten();
