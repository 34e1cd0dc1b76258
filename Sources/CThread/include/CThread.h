#pragma once
// What Swift's Glibc module leaves out: eventfd, thread names, children that inherit no files, and malloc's settings.

#include <spawn.h>

/// A non-blocking, close-on-exec eventfd; -1 and errno on failure.
int oms_eventfd(void);

/// Adds one to the eventfd's counter; wakes whoever polls it.
void oms_eventfd_signal(int fd);

/// Sets the eventfd's counter back to zero.
void oms_eventfd_clear(int fd);

/// Names the calling thread (Linux keeps 15 bytes), as `top -H` shows it.
void oms_thread_name(const char *name);

/// Has a child close every descriptor from `first` on, whoever opened it, before it begins.
int oms_spawn_close_from(posix_spawn_file_actions_t *actions, int first);

/// Lets all threads share at most this many malloc arenas, and gives back at once what is freed of blocks from `large` bytes on, and of what
/// lies free at a heap's end beyond twice as much.
void oms_heap(int arenas, int large);
