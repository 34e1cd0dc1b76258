# Shared by the scripts of ops/: messages, paths, running as another user. Sourced, never run.
# shellcheck shell=bash disable=SC2034  # its settings are used by the scripts that source it

OMS_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
OMS_LIB="$OMS_ROOT/ops/lib"
PROGRAM="${PROGRAM:-$(basename "$0")}"

# One line of progress: seconds since the script began, then the text. To standard error, so that standard
# output stays free for what a command was asked to print.
say() { printf '[%4d s] %s\n' "$SECONDS" "$*" >&2; }

warn() { printf '%s: warning: %s\n' "$PROGRAM" "$*" >&2; }

die() {
    printf '%s: %s\n' "$PROGRAM" "$*" >&2
    exit 1
}

wrong_use() {
    printf '%s: %s (see: ops/%s --help)\n' "$PROGRAM" "$*" "$PROGRAM" >&2
    exit 2
}

# The comment block at the head of a script is its help text.
print_help() {
    sed -n '2,/^$/{/^#/!q;s/^# \{0,1\}//;p}' "$1"
}

# An absolute path, of something that need not be there yet.
absolute_path() {
    case "$1" in
    /*) realpath -m -- "$1" ;;
    *) realpath -m -- "$PWD/$1" ;;
    esac
}

# Runs a command as another user when root, as oneself otherwise: the servers refuse root, or should.
as_user() {
    local user=$1
    shift
    if [[ $EUID -eq 0 && $user != root ]]; then
        setpriv --reuid="$user" --regid="$user" --init-groups --inh-caps=-all -- "$@"
    else
        "$@"
    fi
}

# Writes standard input to a file that only USER can read, as that user: root never writes into a folder of theirs.
put_file() {
    # shellcheck disable=SC2016  # expanded by the inner shell
    as_user "$1" sh -c 'umask 077 && cat >"$1"' sh "$2"
}

random_password() {
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

# A process and everything it started, deepest last.
process_tree() {
    local child
    printf '%s\n' "$1"
    for child in $(pgrep -P "$1"); do process_tree "$child"; done
}

# Ends a command this script started, with all that it started in turn: a test runner puts its tests into process
# groups of their own, which no signal to the runner reaches.
end_tree() {
    local members
    mapfile -t members < <(process_tree "$1")
    kill -TERM "${members[@]}" 2>/dev/null || true
    for _ in {1..50}; do
        kill -0 "${members[@]}" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "${members[@]}" 2>/dev/null || true
}

# Runs a command in this terminal so that a signal to this script reaches it too: SIGTERM, then 30 s to finish what
# it holds. RUNNING is its pid meanwhile, for the trap.
RUNNING=""
run_and_wait() {
    local status=0
    "$@" </dev/null &
    RUNNING=$!
    wait "$RUNNING" || status=$?
    RUNNING=""
    return "$status"
}

end_running() {
    [[ -n $RUNNING ]] || return 0
    kill -TERM "$RUNNING" 2>/dev/null || true
    for _ in {1..300}; do
        kill -0 "$RUNNING" 2>/dev/null || return 0
        sleep 0.1
    done
    end_tree "$RUNNING"
}

# A value inside single quotes for a shell.
single_quoted() {
    printf "'%s'" "${1//\'/\'\\\'\'}"
}

# Runs a long command with its output in a log; a line of progress every 30 s; on failure the log's end.
with_log() {
    local title=$1 log=$2 pid began=$SECONDS status=0 traps
    shift 2
    mkdir -p "$(dirname "$log")"
    say "$title (log: ${log#"$PWD"/})"
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    traps=$(trap -p INT TERM)
    # shellcheck disable=SC2064  # the pid as it is now
    trap "end_tree $pid; exit 130" INT TERM
    while kill -0 "$pid" 2>/dev/null; do
        for _ in {1..60}; do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.5
        done
        if kill -0 "$pid" 2>/dev/null; then
            say "  still at it after $((SECONDS - began)) s: $(tail -n 1 "$log" | tr '\r' '\n' | tail -n 1 | cut -c 1-100)"
        fi
    done
    wait "$pid" || status=$?
    trap - INT TERM
    eval "$traps"
    if [[ $status -ne 0 ]]; then
        printf '%s\n' "--- the end of $log ---" >&2
        tail -n 40 "$log" >&2
        printf '%s: %s failed with status %d\n' "$PROGRAM" "$title" "$status" >&2
    fi
    return "$status"
}
