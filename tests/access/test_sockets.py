"""Small packets are not held back: neither by a socket as Streamlit binds it, nor by one bound otherwise."""

import socket

from pages.ui.sockets import send_at_once


def accepted(listening):
    """Return the server's end of a connection to a listening socket."""
    with socket.create_connection(listening.getsockname()):
        return listening.accept()[0]


def holds_back(connection):
    with connection:
        return not connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_connections_to_come_send_at_once():
    with socket.socket() as listening, socket.socket() as idle:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert holds_back(accepted(listening))
        assert send_at_once() >= 1
        assert not holds_back(accepted(listening))
        assert not idle.getsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY
        )  # one that does not listen is left alone


def test_a_closed_socket_is_no_reason_to_fail():
    closed = socket.socket()
    closed.close()
    assert send_at_once() >= 0
