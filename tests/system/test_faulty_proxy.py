"""The proxy that other tests rely on does what it says."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from faulty_proxy import FaultyProxy, Way, faulty_proxy


class Echo:
    """Sends everything back, and keeps what it was told."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.heard = b""
        self.ends = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._echo, args=(connection,), daemon=True).start()

    def _echo(self, connection: socket.socket) -> None:
        with connection:
            try:
                while chunk := connection.recv(65536):
                    self.heard += chunk
                    connection.sendall(chunk)
            except OSError:
                pass
            self.ends += 1


@pytest.fixture
def echo() -> Iterator[Echo]:
    server = Echo()
    yield server
    server.listener.close()


@pytest.fixture
def proxy(echo: Echo) -> Iterator[FaultyProxy]:
    with faulty_proxy("127.0.0.1", echo.port) as made:
        yield made


@contextmanager
def client(proxy: FaultyProxy) -> Iterator[socket.socket]:
    with socket.create_connection((proxy.host, proxy.port), timeout=5) as connection:
        yield connection


def said_back(connection: socket.socket, text: bytes) -> bytes:
    connection.sendall(text)
    return connection.recv(100)


def hears_nothing(connection: socket.socket) -> bool:
    connection.settimeout(0.3)
    try:
        connection.recv(100)
    except TimeoutError:
        return True
    finally:
        connection.settimeout(5)
    return False


def wait_for(echo: Echo, heard: bytes) -> None:
    deadline = time.monotonic() + 5
    while echo.heard != heard:
        assert time.monotonic() < deadline, echo.heard
        time.sleep(0.01)


def test_it_passes_bytes_and_closes_and_can_be_slow(proxy: FaultyProxy) -> None:
    with client(proxy) as connection:
        assert said_back(connection, b"one") == b"one"
        proxy.delay(0.15)
        before = time.monotonic()
        assert said_back(connection, b"two") == b"two"
        assert time.monotonic() - before >= 0.3
        proxy.heal()
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100) == b""


def test_in_silence_nothing_arrives_until_it_is_healed(proxy: FaultyProxy, echo: Echo) -> None:
    with client(proxy) as connection:
        said_back(connection, b"one")
        proxy.silence(Way.TO_CLIENT)
        connection.sendall(b"two")
        assert hears_nothing(connection)
        wait_for(echo, b"onetwo")  # it was done, only the answer is lacking
        proxy.silence()
        connection.sendall(b"three")
        assert hears_nothing(connection)
        assert echo.heard == b"onetwo"
        proxy.heal()
        wait_for(echo, b"onetwothree")
        assert connection.recv(3) == b"two"


def test_connections_are_reset_refused_and_cut_in_the_middle(proxy: FaultyProxy) -> None:
    with client(proxy) as connection:
        said_back(connection, b"one")
        assert proxy.reset() == 1
        with pytest.raises(ConnectionResetError):
            connection.recv(100)
    proxy.refuse()
    with pytest.raises(ConnectionResetError), client(proxy) as connection:
        connection.recv(100)
    proxy.heal()
    proxy.cut_after(5)
    with client(proxy) as connection:
        assert said_back(connection, b"123") == b"123"
        assert said_back(connection, b"456") == b"45"
        with pytest.raises(ConnectionResetError):
            connection.recv(100)
    assert proxy.accepted == 3


def test_one_side_is_gone_and_the_other_never_learns(proxy: FaultyProxy, echo: Echo) -> None:
    with client(proxy) as connection:
        said_back(connection, b"one")
        assert proxy.half_open(Way.TO_CLIENT) == 1
        connection.sendall(b"two")
        assert hears_nothing(connection)
        assert (echo.heard, echo.ends) == (b"one", 1)
    with client(proxy) as connection:
        assert said_back(connection, b"three") == b"three"
