# The members of a stack, and what only a cluster (`ops/stack up --cluster`) has: three brokers, a primary and a
# standby. Sourced by ops/stack.
# shellcheck shell=bash disable=SC2154  # settings and secrets are read by load_stack

# The servers of a stack, in the order of their start. Each is named by its kind; a second one carries a number.
members() {
    if [[ -n $CLUSTER ]]; then
        printf '%s\n' postgres postgres2 rabbitmq rabbitmq2 rabbitmq3 catcher
    else
        printf '%s\n' postgres rabbitmq catcher
    fi
}

kind_of() { printf '%s' "${1%%[0-9]*}"; }

# port_name WHAT SERVER: the name of the setting that holds a port, POSTGRES2_PORT for the second server.
port_name() { printf '%s%s_PORT' "$1" "${2#"$(kind_of "$2")"}"; }

port_of() {
    local name
    name=$(port_name "$1" "$2")
    printf '%s' "${!name}"
}

# The names of the ports of a server.
ports_of() {
    case $(kind_of "$1") in
    postgres) port_name POSTGRES "$1" ;;
    rabbitmq) printf '%s\n' "$(port_name AMQP "$1")" "$(port_name MANAGEMENT "$1")" "$(port_name DISTRIBUTION "$1")" ;;
    epmd) printf 'EPMD_PORT\n' ;;
    catcher) printf 'SMTP_PORT\n' ;;
    esac
}

# --- PostgreSQL: PRIMARY is who takes writes, as the stack's file says: it is asked before any data folder is, so that a
# primary that was given up never comes back as one. SYNCHRONOUS: commits wait until the standby has them.

the_standby() { if [[ $PRIMARY == postgres ]]; then printf postgres2; else printf postgres; fi; }

# Two servers share the machine. The names stand in both orders' place: nobody is a standby of itself.
replication_settings() {
    local other=postgres
    [[ $1 != postgres ]] || other=postgres2
    cat <<CONF
cluster_name = '$1'
shared_buffers = 512MB
min_wal_size = 256MB
wal_keep_size = 512MB
wal_sender_timeout = 10s
wal_receiver_timeout = 10s
wal_retrieve_retry_interval = 500ms
primary_conninfo = 'host=127.0.0.1 port=$(postgres_port "$other") user=oms_replication password=$REPLICATION_PASSWORD application_name=$1'
CONF
    if [[ -n $SYNCHRONOUS ]]; then printf "synchronous_standby_names = 'FIRST 1 (postgres, postgres2)'\n"; fi
}

reload_primary() {
    postgres_configure "$PRIMARY"
    postgres_admin -d postgres -o /dev/null -c 'SELECT pg_reload_conf()'
}

# From now on the primary's commits wait for the standby, which streams. The stack's file says so only once it has what was
# committed before, too: then it may be promoted.
wait_for_standby() {
    local standby=$1 position
    [[ -z $SYNCHRONOUS ]] || return 0
    SYNCHRONOUS=yes
    reload_primary
    await "$standby" 30 standby_has "$standby" 0/0 sync || return 1
    # The setting is made known by the checkpointer; after a checkpoint it has read it.
    postgres_admin -d postgres -o /dev/null -c CHECKPOINT
    position=$(postgres_admin -At -d postgres -c 'SELECT pg_current_wal_lsn()')
    await "$standby" 60 standby_has "$standby" "$position" sync || return 1
    save_stack
}

# Commits wait for nobody: the standby may lack some, and must not be promoted.
wait_for_nobody() {
    SYNCHRONOUS=""
    save_stack
    reload_primary
}

replication_provision() {
    postgres_admin -d postgres -o /dev/null <<SQL
SELECT 'CREATE ROLE oms_replication' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'oms_replication') \gexec
ALTER ROLE oms_replication LOGIN REPLICATION NOSUPERUSER NOCREATEROLE PASSWORD '$REPLICATION_PASSWORD';
SQL
}

# As its data folder says: it follows somebody.
follows() { as_user "$PG_USER" test -e "$(postgres_data "$1")/standby.signal"; }

in_recovery() { [[ $(postgres_admin_at "$1" -At -d postgres -c 'SELECT pg_is_in_recovery()') == t ]]; }

# standby_has SERVER POSITION [SYNC_STATE]: whether the standby streams without a gap and has this on disk; whether commits wait for it.
standby_has() {
    local answer
    answer=$(
        postgres_admin -At -d postgres -v "name=$1" -v "position=$2" -v "sync=${3:-}" <<'SQL'
SELECT bool_or(state = 'streaming' AND flush_lsn >= :'position' AND :'sync' IN ('', sync_state))
FROM pg_stat_replication WHERE application_name = :'name'
SQL
    ) && [[ $answer == t ]]
}

# Makes the primary what the stack's file says it is, where a promotion was cut short.
promote_if_needed() {
    in_recovery "$PRIMARY" || return 0
    say "$PRIMARY takes over as primary"
    [[ $(postgres_admin -At -d postgres -c 'SELECT pg_promote(true, 60)') == t ]] || die "$PRIMARY was not promoted within 60 s: ops/stack logs $PRIMARY"
    ! in_recovery "$PRIMARY" || die "$PRIMARY is still a standby: ops/stack logs $PRIMARY"
}

# Brings the standby up, whatever it was: a standby that goes on, a primary that was given up, or nothing yet. Afterwards
# it has everything, and the primary's commits wait for it.
standby_up() {
    local server
    server=$(the_standby)
    if ! postgres_ready "$PRIMARY"; then
        # Nothing is made anew while there is no other copy.
        follows "$server" || die "$server cannot be made a standby while $PRIMARY, the primary, does not answer"
        postgres_start "$server"
        warn "$server waits for $PRIMARY, the primary, which does not answer: ops/stack up, or promote"
        return 0
    fi
    if follows "$server"; then
        postgres_start "$server"
        if await "$server" 20 standby_has "$server" 0/0; then
            wait_for_standby "$server"
            return
        fi
        say "$server cannot go on where it was: making it anew"
        end_at_once "$server" || return 1
        standby_copy "$server" || return 1
    elif process_alive "$server"; then
        die "$server runs and is no standby: ops/stack stop $server"
    else
        standby_rewind "$server" || standby_copy "$server" || return 1
    fi
    postgres_start "$server"
    await "$server" 60 standby_has "$server" 0/0 || return 1
    wait_for_standby "$server" || return 1
    say "$server follows $PRIMARY, and has what is committed"
}

# Turns a primary that was given up into a standby: what it has and the new one has not, nobody was told.
standby_rewind() {
    local data bin
    data=$(postgres_data "$1")
    as_user "$PG_USER" test -e "$data/PG_VERSION" || return 1
    bin=$(postgres_bin "$1")
    say "$1: rewinding it to where $PRIMARY took over"
    # The new primary's control file names its timeline only from its first checkpoint on.
    postgres_admin -d postgres -o /dev/null -c CHECKPOINT
    (
        cd "$RUN_DIR/$1"
        PGPASSWORD=$POSTGRES_PASSWORD as_user "$PG_USER" "$bin/pg_rewind" -D "$data" --source-server="host=127.0.0.1 port=$(postgres_port "$PRIMARY") user=postgres dbname=postgres"
    ) >>"$STACK_DIR/log/$1.log" 2>&1 || return 1
    as_user "$PG_USER" touch "$data/standby.signal"
}

# A standby from nothing: a copy of the primary.
standby_copy() {
    local data bin
    data=$(postgres_data "$1")
    bin=$(postgres_bin "$PRIMARY")
    say "$1: copying $PRIMARY"
    as_user "$PG_USER" rm -rf "$data.new"
    (
        cd "$RUN_DIR/$1"
        PGPASSWORD=$REPLICATION_PASSWORD as_user "$PG_USER" "$bin/pg_basebackup" -h 127.0.0.1 -p "$(postgres_port "$PRIMARY")" -U oms_replication -D "$data.new" \
            --checkpoint=fast --wal-method=stream --no-password
    ) >>"$STACK_DIR/log/$1.log" 2>&1 || return 1
    as_user "$PG_USER" touch "$data.new/standby.signal"
    as_user "$PG_USER" rm -rf "$data"
    as_user "$PG_USER" mv "$data.new" "$data"
}

require_cluster() {
    require_stack
    [[ -n $CLUSTER ]] || die "the stack in $STACK_DIR is no cluster: ops/stack up --cluster makes one"
}

stack_primary() {
    require_cluster
    printf '%s\n' "$PRIMARY"
}

# The old primary is ended first, if it still runs: there are never two.
stack_promote() {
    local force="" standby
    [[ $# -eq 0 || $* == --force ]] || wrong_use "promote takes no arguments but --force"
    force=${1:-}
    require_cluster
    take_lock
    load_stack
    standby=$(the_standby)
    process_alive "$standby" || die "$standby, the standby, is not running"
    follows "$standby" || die "$standby is no standby yet: ops/stack up"
    postgres_ready "$standby" || die "$standby, the standby, does not answer"
    [[ -n $SYNCHRONOUS || -n $force ]] ||
        die "commits did not wait for $standby (ops/stack alone, or a promotion before): it may lack some. Bring $PRIMARY back (ops/stack up), or say --force and lose them"
    if process_alive "$PRIMARY"; then
        say "ending $PRIMARY"
        stop_servers "$PRIMARY"
        ! process_alive "$PRIMARY" || die "$PRIMARY is still running"
    fi
    PRIMARY=$standby
    wait_for_nobody
    promote_if_needed
    say "$PRIMARY is the primary, and alone: ops/stack rejoin makes the other its standby"
}

stack_rejoin() {
    require_cluster
    take_lock
    load_stack
    process_alive "$PRIMARY" || die "$PRIMARY, the primary, is not running: ops/stack up"
    standby_up || die "$(the_standby) could not be made a standby: ops/stack logs $(the_standby)"
}

# For a standby that will be away for long.
stack_alone() {
    require_cluster
    take_lock
    load_stack
    process_alive "$PRIMARY" || die "$PRIMARY, the primary, is not running: ops/stack up"
    wait_for_nobody
    say "$PRIMARY goes on alone: commits wait for nobody until ops/stack rejoin"
}

# --- RabbitMQ

# Whether a node has been a member before; one that has not must find the first one ready.
rabbitmq_joined() { as_user "$RMQ_USER" grep -qs oms@localhost "$(rabbitmq_home "$1")/data/$(rabbitmq_node "$1")/cluster_nodes.config"; }

# The node that leads a quorum queue, as the nodes themselves know: the management interface is seconds behind.
stack_leader() {
    local queue=${1:-} node
    [[ $# -eq 1 && -n $queue ]] || wrong_use "name a queue: ops/stack leader oms.intake"
    require_cluster
    node=$( (rabbitmq_tool rabbitmqctl -q --formatter=json list_queues -p oms name leader) | python3 -c '
import json, sys
for queue in json.load(sys.stdin):
    if queue["name"] == sys.argv[1]:
        print(queue.get("leader") or "")' "$queue")
    case $node in
    oms@localhost) printf 'rabbitmq\n' ;;
    oms[23]@localhost) printf 'rabbitmq%s\n' "${node:3:1}" ;;
    *) die "no node leads a queue $queue at present" ;;
    esac
}

# Whether a node that was told to stop has put everything in order and pauses: it does not end where the others stopped first.
rabbitmq_pauses() {
    [[ -n $CLUSTER && $(kind_of "$1") == rabbitmq ]] || return 1
    tail -n 3 "$STACK_DIR/log/$1.log" | grep -q 'Successfully stopped RabbitMQ and its dependencies'
}

# Whether every quorum queue could do without this node: the others have caught up.
rabbitmq_dispensable() { rabbitmq_api_at "$1" health/checks/node-is-quorum-critical; }

# A cluster that just came up may still have queues whose members are not all there; the next one to die would stop them.
await_quorum() {
    local server
    for server in "${SERVERS[@]}"; do
        [[ $(kind_of "$server") == rabbitmq ]] || continue
        [[ $server == rabbitmq ]] || rabbitmq_joined "$server" || die "$server runs and did not join the cluster: ops/stack logs $server"
        await "$server" 90 rabbitmq_dispensable "$server" || warn "a queue would stop if $server ended now"
    done
}
