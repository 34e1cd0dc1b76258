# Servers as processes of their own: start, find again, stop. Sourced after common.sh; needs STACK_DIR.
# shellcheck shell=bash

# The kernel's start time of a process: with it, a pid that was given to somebody else later is recognized.
process_start_time() {
    local stat
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    # The second field is the name in parentheses and may hold spaces; the state follows it.
    stat=${stat##*) }
    [[ ${stat%% *} == Z ]] && return 1
    # shellcheck disable=SC2086  # split on purpose
    set -- $stat
    printf '%s' "${20}"
}

pid_file() { printf '%s' "$STACK_DIR/run/$1.pid"; }

# The pid of a server this stack started and that still runs; fails otherwise.
process_pid() {
    local pid began
    read -r pid began 2>/dev/null <"$(pid_file "$1")" || return 1
    [[ $pid =~ ^[0-9]+$ && -n $began && $(process_start_time "$pid") == "$began" ]] || return 1
    printf '%s' "$pid"
}

process_alive() { process_pid "$1" >/dev/null; }

# process_start NAME USER FOLDER NAME=VALUE… -- COMMAND…: in a session of its own (no terminal's ctrl-C reaches it),
# with a clean environment, logging to log/NAME.log. The pid is on disk before the server begins.
process_start() {
    local name=$1 user=$2 folder=$3 log="$STACK_DIR/log/$1.log" settings=()
    shift 3
    while [[ $1 != -- ]]; do
        settings+=("$1")
        shift
    done
    shift
    if [[ -f $log && $(stat -c %s "$log") -gt 20000000 ]]; then mv -f "$log" "$log.1"; fi
    (
        exec 9>&- </dev/null >>"$log" 2>&1
        cd "$folder" || exit 1
        # As many open files as allowed, within reason: Erlang sizes a table by the limit.
        files=$(ulimit -Hn)
        [[ $files != unlimited && $files -lt 65536 ]] || files=65536
        ulimit -n "$files"
        me=$BASHPID
        printf '%s %s\n' "$me" "$(process_start_time "$me")" >"$(pid_file "$name")"
        drop=()
        if [[ $EUID -eq 0 && $user != root ]]; then
            drop=(setpriv --reuid="$user" --regid="$user" --init-groups --inh-caps=-all --)
        fi
        exec setsid env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 TZ=UTC "${settings[@]}" "${drop[@]}" "$@"
    ) &
    disown
    # The pid file is what the caller asks next.
    for _ in {1..100}; do
        [[ -s $(pid_file "$name") ]] && return 0
        sleep 0.02
    done
}

process_signal() {
    local pid
    pid=$(process_pid "$1") || return 0
    kill "-$2" "$pid" 2>/dev/null || true
}

# process_await_end NAME SECONDS: fails when it still runs then.
process_await_end() {
    local deadline=$((SECONDS + $2))
    while process_alive "$1"; do
        [[ $SECONDS -lt $deadline ]] || return 1
        sleep 0.05
    done
    rm -f "$(pid_file "$1")"
}

# await NAME SECONDS TEST…: polls until TEST succeeds; fails early when the server ended.
await() {
    local name=$1 deadline=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        if ! process_alive "$name"; then
            say "$name ended while starting"
            return 1
        fi
        if [[ $SECONDS -ge $deadline ]]; then
            say "$name was not ready in time"
            return 1
        fi
        sleep 0.1
    done
}

port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A free port below the range the kernel takes for outgoing connections, so that none is stolen while the server is down.
free_port() {
    local port
    for _ in {1..200}; do
        port=$((20000 + RANDOM % 12000))
        if ! port_open "$port" && [[ " ${CHOSEN_PORTS:-} " != *" $port "* ]]; then
            printf '%s' "$port"
            return 0
        fi
    done
    die "no free port was found between 20000 and 32000"
}
