# A release build on a fresh stack of its own, for ops/demo and ops/bench. Sourced after common.sh.
# shellcheck shell=bash

# shellcheck source=lib/install.sh
. "$OMS_LIB/install.sh"
# shellcheck source=lib/build.sh
. "$OMS_LIB/build.sh"

OMS_PROGRAM=""
keep=""

# fresh_session NAME [ARGUMENTS OF ops/stack up]: builds, starts an empty stack in .stack/NAME, exports its settings, prepares database and
# broker. The stack is stopped when the script ends, however it ends, unless `keep` is set.
fresh_session() {
    local settings
    export OMS_STACK_DIR="$OMS_ROOT/.stack/$1"
    shift
    local logs="$OMS_STACK_DIR/log"
    ensure_packages "$logs/install.log" build run
    build_product "$logs/build.log" -c release --product oms
    OMS_PROGRAM="$(swift build --package-path "$OMS_ROOT" -c release --show-bin-path)/oms"
    trap end_session EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    "$OMS_ROOT/ops/stack" destroy --keep-logs 2>/dev/null
    "$OMS_ROOT/ops/stack" up "$@"
    settings=$("$OMS_ROOT/ops/stack" env)
    eval "$settings"
    say "preparing the database and the broker"
    "$OMS_PROGRAM" migrate >&2
    "$OMS_PROGRAM" topology apply >&2
}

end_session() {
    local status=$?
    trap '' INT TERM
    end_running
    if [[ -n $keep ]]; then
        say "the stack is left running:  eval \"\$(OMS_STACK_DIR=$(single_quoted "$OMS_STACK_DIR") ops/stack env)\""
        say "to end it:                  OMS_STACK_DIR=$(single_quoted "$OMS_STACK_DIR") ops/stack down"
    else
        "$OMS_ROOT/ops/stack" down || true
    fi
    exit "$status"
}
