#pragma once
// libcurl's setters take variable arguments, which Swift cannot call: one typed wrapper per kind of value.

#include <curl/curl.h>

static inline CURLcode oms_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

/// The string is copied by libcurl; NULL sets the option back to its default.
static inline CURLcode oms_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode oms_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode oms_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode oms_curl_set_read(CURL *handle, curl_read_callback callback, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, callback);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_READDATA, context);
}

static inline CURLcode oms_curl_set_debug(CURL *handle, curl_debug_callback callback, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, callback);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_DEBUGDATA, context);
}

static inline CURLcode oms_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

/// The socket of the connection last used, CURL_SOCKET_BAD where it is closed.
static inline CURLcode oms_curl_get_socket(CURL *handle, curl_socket_t *value) {
    return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, value);
}

/// CURL_GLOBAL_DEFAULT is a macro that Swift does not import.
static inline CURLcode oms_curl_global_init(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

/// CURL_READFUNC_ABORT likewise.
static inline size_t oms_curl_read_abort(void) {
    return CURL_READFUNC_ABORT;
}
