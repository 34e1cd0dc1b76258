#define _GNU_SOURCE
#include "CThread.h"

#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

int oms_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

void oms_eventfd_signal(int fd) {
    uint64_t one = 1;
    // A full counter (EAGAIN) wakes the poller just as well.
    ssize_t ignored = write(fd, &one, sizeof one);
    (void)ignored;
}

void oms_eventfd_clear(int fd) {
    uint64_t value;
    ssize_t ignored = read(fd, &value, sizeof value);
    (void)ignored;
}

void oms_thread_name(const char *name) {
    char shortened[16];
    strncpy(shortened, name, sizeof shortened - 1);
    shortened[sizeof shortened - 1] = 0;
    pthread_setname_np(pthread_self(), shortened);
}

int oms_spawn_close_from(posix_spawn_file_actions_t *actions, int first) {
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

void oms_heap(int arenas, int large) {
    mallopt(M_ARENA_MAX, arenas);
    // Either of the two keeps malloc from raising both as it meets larger blocks.
    mallopt(M_MMAP_THRESHOLD, large);
    mallopt(M_TRIM_THRESHOLD, 2 * large);
}
