# The stack's RabbitMQ, with an epmd of its own. Sourced by ops/stack.
# shellcheck shell=bash disable=SC2154  # settings and secrets are read by load_stack

RMQ_HOME=""
RMQ_USER=""

rabbitmq_paths() {
    RMQ_HOME="$RUN_DIR/rabbitmq"
    RMQ_USER=rabbitmq
    [[ $EUID -eq 0 ]] || RMQ_USER=$(id -un)
}

# Debian's /usr/sbin/rabbitmq-server serves the system's own broker only; the program behind it serves anybody.
rabbitmq_program() {
    local program
    program=$(find /usr/lib/rabbitmq/lib -mindepth 3 -maxdepth 3 -path '*/sbin/rabbitmq-server' 2>/dev/null | sort -V | tail -n 1)
    [[ -x $program ]] || die "RabbitMQ is not installed under /usr/lib/rabbitmq"
    printf '%s' "$program"
}

# A password as RabbitMQ keeps it: base64 of a 4-byte salt and the SHA-256 of salt and password.
rabbitmq_hash() {
    python3 -c '
import base64, hashlib, os, sys
salt = os.urandom(4)
print(base64.b64encode(salt + hashlib.sha256(salt + sys.stdin.read().strip().encode()).digest()).decode())' <<<"$1"
}

# The users, loaded at every boot. `oms` is the product: it may do anything inside the virtual host `oms` (declare
# and bind queues of any name, as an integrator's trial would) and nothing outside. `oms-admin` is for tests,
# which create virtual hosts.
rabbitmq_definitions() {
    cat <<JSON
{"vhosts": [{"name": "oms"}],
 "users": [
  {"name": "oms", "password_hash": "$(rabbitmq_hash "$BROKER_PASSWORD")", "hashing_algorithm": "rabbit_password_hashing_sha256", "tags": []},
  {"name": "oms-admin", "password_hash": "$(rabbitmq_hash "$ADMIN_PASSWORD")", "hashing_algorithm": "rabbit_password_hashing_sha256", "tags": ["administrator"]}],
 "permissions": [
  {"user": "oms", "vhost": "oms", "configure": ".*", "write": ".*", "read": ".*"},
  {"user": "oms-admin", "vhost": "oms", "configure": ".*", "write": ".*", "read": ".*"}]}
JSON
}

rabbitmq_create() {
    as_user "$RMQ_USER" test -e "$RMQ_HOME/definitions.json" && return 0
    say "rabbitmq: creating the node's folder"
    put_file "$RMQ_USER" "$RMQ_HOME/.erlang.cookie" <<<"$(random_password)"
    as_user "$RMQ_USER" chmod 400 "$RMQ_HOME/.erlang.cookie"
    put_file "$RMQ_USER" "$RMQ_HOME/enabled_plugins" <<<'[rabbitmq_management].'
    put_file "$RMQ_USER" "$RMQ_HOME/advanced.config" <<<'[].'
    rabbitmq_definitions | put_file "$RMQ_USER" "$RMQ_HOME/definitions.json"
}

rabbitmq_configure() {
    {
        cat "$OMS_LIB/rabbitmq.conf"
        cat <<CONF
listeners.tcp.local = 127.0.0.1:$AMQP_PORT
management.tcp.ip = 127.0.0.1
management.tcp.port = $MANAGEMENT_PORT
definitions.import_backend = local_filesystem
definitions.local.path = $RMQ_HOME/definitions.json
definitions.skip_if_unchanged = true
CONF
    } | put_file "$RMQ_USER" "$RMQ_HOME/rabbitmq.conf"
}

# What makes node and tools ours and not the system's. The node's name carries `localhost`: no DNS is asked.
rabbitmq_environment() {
    printf '%s\n' "HOME=$RMQ_HOME" "ERL_EPMD_PORT=$EPMD_PORT" ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_NODENAME=oms@localhost \
        "RABBITMQ_DIST_PORT=$DISTRIBUTION_PORT" "RABBITMQ_CONF_ENV_FILE=$RMQ_HOME/none" "RABBITMQ_CONFIG_FILE=$RMQ_HOME/rabbitmq.conf" \
        "RABBITMQ_ADVANCED_CONFIG_FILE=$RMQ_HOME/advanced.config" "RABBITMQ_ENABLED_PLUGINS_FILE=$RMQ_HOME/enabled_plugins" \
        "RABBITMQ_MNESIA_BASE=$RMQ_HOME/data" "RABBITMQ_LOG_BASE=$RMQ_HOME/log" \
        "RABBITMQ_GENERATED_CONFIG_DIR=$RMQ_HOME/generated" "RABBITMQ_SCHEMA_DIR=$RMQ_HOME/schema" RABBITMQ_LOGS=-
}

rabbitmq_start() {
    local environment program
    program=$(rabbitmq_program)
    mapfile -t environment < <(rabbitmq_environment)
    if ! process_alive epmd; then
        # Erlang's name server; our own, or the first node would leave one running for the whole machine.
        process_start epmd "$RMQ_USER" "$RMQ_HOME" "${environment[@]}" -- epmd -port "$EPMD_PORT"
        await epmd 10 port_open "$EPMD_PORT" || return 1
    fi
    process_alive rabbitmq && return 0
    rabbitmq_configure
    # RUNNING_UNDER_SYSTEMD makes the start script become the server instead of watching over it: one pid. The
    # interface setting keeps the node's distribution port off the network.
    process_start rabbitmq "$RMQ_USER" "$RMQ_HOME" "${environment[@]}" RUNNING_UNDER_SYSTEMD=true ERL_CRASH_DUMP=/dev/null \
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}" -- "$program"
}

# curl against the management interface; the password does not show in the process list.
rabbitmq_api() {
    curl -fsS --max-time 5 --noproxy '*' -K - <<<"user = \"oms-admin:$ADMIN_PASSWORD\"
url = \"http://127.0.0.1:$MANAGEMENT_PORT/api/$1\"
request = \"${2:-GET}\"
header = \"content-type: application/json\"
$([[ -z ${3:-} ]] || printf 'data = "%s"' "${3//\"/\\\"}")"
}

rabbitmq_ready() {
    port_open "$AMQP_PORT" && rabbitmq_api health/checks/virtual-hosts
}
