"""Everything at once, and then the books are read: `make chaos`, and small in tests/system/test_chaos.py.

A real server with several workers is under load from several accounts while its processes are killed and
frozen, also where blind blows would seldom hit. Then it is left alone, and every task is held to what was
promised.

- ``storm`` runs one: start, load, blows, calm, verdict;
- ``installation`` the processes; ``part`` and ``serve`` are what they run, with ``traps`` in them;
- ``customers`` the load, ``inbox`` where callbacks go;
- ``blows`` what befalls the processes;
- ``verdict`` the questions to the database, the files and what customers were told;
- ``reel_engine`` makes clips in no time.
"""
