#include "CRabbitMQ.h"

static amqp_table_entry_t flag(const char *name) {
    amqp_table_entry_t entry;
    entry.key = amqp_cstring_bytes(name);
    entry.value.kind = AMQP_FIELD_KIND_BOOLEAN;
    entry.value.value.boolean = 1;
    return entry;
}

amqp_rpc_reply_t oms_amqp_login(
    amqp_connection_state_t state, const char *virtual_host, int frame_max, int heartbeat, const char *name, const char *user,
    const char *password) {
    amqp_table_entry_t capabilities[] = {
        flag("publisher_confirms"),   flag("basic.nack"),         flag("consumer_cancel_notify"),
        flag("connection.blocked"),   flag("exchange_exchange_bindings"), flag("authentication_failure_close"),
    };
    amqp_table_entry_t properties[2];
    properties[0].key = amqp_cstring_bytes("connection_name");
    properties[0].value.kind = AMQP_FIELD_KIND_UTF8;
    properties[0].value.value.bytes = amqp_cstring_bytes(name);
    properties[1].key = amqp_cstring_bytes("capabilities");
    properties[1].value.kind = AMQP_FIELD_KIND_TABLE;
    properties[1].value.value.table.num_entries = sizeof capabilities / sizeof capabilities[0];
    properties[1].value.value.table.entries = capabilities;
    amqp_table_t table = {.num_entries = 2, .entries = properties};
    return amqp_login_with_properties(
        state, virtual_host, 0, frame_max, heartbeat, &table, AMQP_SASL_METHOD_PLAIN, user, password);
}
