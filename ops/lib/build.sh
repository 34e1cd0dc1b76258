# Building the product. Sourced after common.sh and install.sh.
# shellcheck shell=bash

# build_product LOG ARGUMENTS…: `swift build`, with a line of progress every 30 s. The first build compiles the
# dependencies too: about 9 minutes on 2 cores, debug and release each.
build_product() {
    local log=$1
    shift
    require_swift
    with_log "building: swift build $*" "$log" swift build --package-path "$OMS_ROOT" "$@" || exit 1
}

# The Python environment the tests check documents with, made anew when a requirement changed.
validator_venv() {
    local venv="$OMS_ROOT/.stack/venv" log=$1 wanted files=()
    mapfile -t files < <(find "$OMS_ROOT/Tests" -path '*/Validators/requirements*.txt' | sort)
    [[ ${#files[@]} -gt 0 ]] || return 0
    wanted=$(cat "${files[@]}" | sha256sum)
    if [[ ! -f $venv/.requirements || $(<"$venv/.requirements") != "$wanted" ]]; then
        rm -rf "$venv"
        mkdir -p "$OMS_ROOT/.stack"
        chmod 700 "$OMS_ROOT/.stack"
        with_log "making the validators' Python environment" "$log" venv_with "$venv" "${files[@]}" ||
            die "the validators' Python packages could not be installed (needs PyPI)"
        printf '%s\n' "$wanted" >"$venv/.requirements"
    fi
    export OMS_VALIDATOR_PYTHON="$venv/bin/python3"
}

venv_with() {
    local venv=$1 file
    shift
    /usr/bin/python3 -m venv "$venv"
    for file in "$@"; do
        "$venv/bin/python3" -m pip install --disable-pip-version-check --no-input -r "$file" || return 1
    done
}
