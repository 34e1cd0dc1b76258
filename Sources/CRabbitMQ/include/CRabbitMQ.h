#pragma once
// librabbitmq for Swift: its headers, and a login that Swift can call (variadic functions are not imported).

#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>

/// Logs in with PLAIN and opens the virtual host, naming the connection and declaring the capabilities that librabbitmq leaves
/// out: without `consumer_cancel_notify` a consumer never hears that its queue is gone, without `connection.blocked` a publisher
/// never hears of the broker's resource alarms.
amqp_rpc_reply_t oms_amqp_login(
    amqp_connection_state_t state, const char *virtual_host, int frame_max, int heartbeat, const char *name, const char *user,
    const char *password);
