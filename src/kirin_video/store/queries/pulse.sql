-- send_pulse --
-- Tells a process that it has heard all that was committed before. It lasts no longer than the hearing: its commit need
-- not wait for the disk.
SELECT set_config('synchronous_commit', 'off', true), pg_notify(%(channel)s, %(name)s);
