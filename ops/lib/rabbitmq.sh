# The stack's RabbitMQ, one node or a cluster of three, with an epmd of its own. Sourced by ops/stack.
# shellcheck shell=bash disable=SC2154  # settings and secrets are read by load_stack

RMQ_USER=""

rabbitmq_paths() {
    RMQ_USER=rabbitmq
    [[ $EUID -eq 0 ]] || RMQ_USER=$(id -un)
}

rabbitmq_home() { printf '%s/%s' "$RUN_DIR" "$1"; }

rabbitmq_port() { port_of AMQP "$1"; }

# What Erlang calls a node: rabbitmq2 is oms2@localhost. The name carries `localhost`: no DNS is asked.
rabbitmq_node() { printf 'oms%s@localhost' "${1#rabbitmq}"; }

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
    local home
    home=$(rabbitmq_home "$1")
    as_user "$RMQ_USER" test -e "$home/definitions.json" && return 0
    say "$1: creating the node's folder"
    # Nodes that know the same secret may form a cluster.
    if [[ $1 == rabbitmq ]]; then
        put_file "$RMQ_USER" "$home/.erlang.cookie" <<<"$(random_password)"
    else
        as_user "$RMQ_USER" cat "$(rabbitmq_home rabbitmq)/.erlang.cookie" | put_file "$RMQ_USER" "$home/.erlang.cookie"
    fi
    as_user "$RMQ_USER" chmod 400 "$home/.erlang.cookie"
    put_file "$RMQ_USER" "$home/enabled_plugins" <<<'[rabbitmq_management].'
    put_file "$RMQ_USER" "$home/advanced.config" <<<'[].'
    rabbitmq_definitions | put_file "$RMQ_USER" "$home/definitions.json"
}

rabbitmq_configure() {
    local home
    home=$(rabbitmq_home "$1")
    {
        cat "$OMS_LIB/rabbitmq.conf"
        cat <<CONF
listeners.tcp.local = 127.0.0.1:$(rabbitmq_port "$1")
management.tcp.ip = 127.0.0.1
management.tcp.port = $(port_of MANAGEMENT "$1")
CONF
        if [[ -n $CLUSTER ]]; then cat "$OMS_LIB/rabbitmq-cluster.conf"; fi
        # The others of a cluster have the users from the first.
        if [[ $1 == rabbitmq ]]; then
            cat <<CONF
definitions.import_backend = local_filesystem
definitions.local.path = $home/definitions.json
definitions.skip_if_unchanged = true
CONF
        fi
    } | put_file "$RMQ_USER" "$home/rabbitmq.conf"
}

# What makes node and tools ours and not the system's.
rabbitmq_environment() {
    local home
    home=$(rabbitmq_home "$1")
    printf '%s\n' "HOME=$home" "ERL_EPMD_PORT=$EPMD_PORT" ERL_EPMD_ADDRESS=127.0.0.1 "RABBITMQ_NODENAME=$(rabbitmq_node "$1")" \
        "RABBITMQ_DIST_PORT=$(port_of DISTRIBUTION "$1")" "RABBITMQ_CONF_ENV_FILE=$home/none" "RABBITMQ_CONFIG_FILE=$home/rabbitmq.conf" \
        "RABBITMQ_ADVANCED_CONFIG_FILE=$home/advanced.config" "RABBITMQ_ENABLED_PLUGINS_FILE=$home/enabled_plugins" \
        "RABBITMQ_MNESIA_BASE=$home/data" "RABBITMQ_LOG_BASE=$home/log" \
        "RABBITMQ_GENERATED_CONFIG_DIR=$home/generated" "RABBITMQ_SCHEMA_DIR=$home/schema" RABBITMQ_LOGS=-
}

rabbitmq_start() {
    local environment program home erlang="-kernel inet_dist_use_interface {127,0,0,1}"
    home=$(rabbitmq_home "$1")
    program=$(rabbitmq_program)
    mapfile -t environment < <(rabbitmq_environment "$1")
    if ! process_alive epmd; then
        # Erlang's name server; our own, or the first node would leave one running for the whole machine.
        process_start epmd "$RMQ_USER" "$home" "${environment[@]}" -- epmd -port "$EPMD_PORT"
        await epmd 10 port_open "$EPMD_PORT" || return 1
    fi
    process_alive "$1" && return 0
    rabbitmq_configure "$1"
    # Three nodes share what one has otherwise: a scheduler thread each.
    if [[ -n $CLUSTER ]]; then erlang+=" +S 1:1 +SDcpu 1:1 +SDio 4"; fi
    # RUNNING_UNDER_SYSTEMD makes the start script become the server instead of watching over it: one pid. The
    # interface setting keeps the node's distribution port off the network.
    process_start "$1" "$RMQ_USER" "$home" "${environment[@]}" RUNNING_UNDER_SYSTEMD=true ERL_CRASH_DUMP=/dev/null \
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=$erlang" -- "$program"
}

# rabbitmq_api_at NODE PATH [METHOD [BODY]]: curl against the management interface; the password does not show in the process list.
rabbitmq_api_at() {
    curl -fsS --max-time 5 --noproxy '*' -K - <<<"user = \"oms-admin:$ADMIN_PASSWORD\"
url = \"http://127.0.0.1:$(port_of MANAGEMENT "$1")/api/$2\"
request = \"${3:-GET}\"
header = \"content-type: application/json\"
$([[ -z ${4:-} ]] || printf 'data = "%s"' "${4//\"/\\\"}")"
}

# The same on a node that runs.
rabbitmq_api() { rabbitmq_api_at "$(rabbitmq_running)" "$@"; }

rabbitmq_ready() {
    port_open "$(rabbitmq_port "$1")" && rabbitmq_api_at "$1" health/checks/virtual-hosts
}

# The first node that runs; the first of all where none does.
rabbitmq_running() {
    local server
    for server in "${SERVERS[@]}"; do
        if [[ $(kind_of "$server") == rabbitmq ]] && process_alive "$server"; then
            printf '%s' "$server"
            return
        fi
    done
    printf rabbitmq
}

# rabbitmq_tool TOOL ARGUMENTS…: one of the broker's own tools, on a node that runs.
rabbitmq_tool() {
    local environment tool=$1 server
    shift
    server=$(rabbitmq_running)
    mapfile -t environment < <(rabbitmq_environment "$server")
    cd "$(rabbitmq_home "$server")" 2>/dev/null || cd /
    # The tool listens for the node's answers, on loopback too.
    as_user "$RMQ_USER" env "${environment[@]}" 'RABBITMQ_CTL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}' \
        "$(dirname "$(rabbitmq_program)")/$tool" "$@"
}
