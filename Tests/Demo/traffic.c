// Makes TCP traffic of known size over the loopback interface, and prints what it did.
//
//   traffic SECONDS [EXCHANGES_PER_SECOND]
//
// A client thread sends a request, a server thread answers it, SECONDS times EXCHANGES_PER_SECOND times in all, at a
// steady rate; now and then over a new connection. Every send() moves one whole message and every recv() waits for one, so
// the number of calls is known, and can be compared with what a tracer counted. The process is called what its
// executable is called. SIGINT and SIGTERM end it early; the numbers it prints are exact all the same.

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { requestSize = 4096, replySize = 64, exchangesPerConnection = 100, defaultRate = 100 };

// What one thread did. A receive that reports the end of a connection is a call of recv() too.
struct Counts {
  unsigned long connections, sends, receives, bytesSent, bytesReceived;
};

static volatile sig_atomic_t stopped;

// Notes that the traffic shall end.
static void stop(int signal) {
  (void)signal;
  stopped = 1;
}

// Ends the process, because a system call failed that has no reason to fail.
static void fail(const char *call) {
  fprintf(stderr, "traffic: %s: %s\n", call, strerror(errno));
  exit(1);
}

// Sends one message.
static void sendMessage(int socket, const char *message, size_t size, struct Counts *counts) {
  // The kernel takes a message of this size in one piece: each is answered before the next.
  if (send(socket, message, size, MSG_NOSIGNAL) != (ssize_t)size) fail("send");
  counts->sends++;
  counts->bytesSent += size;
}

// Receives one message; returns 0 at the end of the connection.
static int receiveMessage(int socket, char *message, size_t size, struct Counts *counts) {
  ssize_t received = recv(socket, message, size, MSG_WAITALL);
  if (received != 0 && received != (ssize_t)size) fail("recv");
  counts->receives++;
  counts->bytesReceived += received;
  return received != 0;
}

// What the server thread works with.
struct Server {
  int listener;
  struct Counts counts;
};

// Answers requests, one connection after the other, until the listening socket is shut down.
static void *serve(void *argument) {
  struct Server *server = argument;
  char request[requestSize], reply[replySize] = {0};
  int connection;
  while ((connection = accept(server->listener, NULL, NULL)) >= 0) {
    while (receiveMessage(connection, request, sizeof request, &server->counts))
      sendMessage(connection, reply, sizeof reply, &server->counts);
    close(connection);
  }
  return NULL;
}

// Makes a socket that listens on a port of the kernel's choice, and stores its address.
static int listenOnLoopback(struct sockaddr_in *address) {
  socklen_t size = sizeof *address;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (listener < 0 || bind(listener, (struct sockaddr *)address, size) != 0 || listen(listener, 8) != 0)
    fail("listen");
  if (getsockname(listener, (struct sockaddr *)address, &size) != 0) fail("getsockname");
  return listener;
}

// Connects to the server.
static int connectTo(const struct sockaddr_in *address, struct Counts *counts) {
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  if (connection < 0 || connect(connection, (const struct sockaddr *)address, sizeof *address) != 0)
    fail("connect");
  counts->connections++;
  return connection;
}

// Sleeps until the next exchange is due.
static void waitForTurn(struct timespec *turn, long rate) {
  turn->tv_nsec += 1000000000L / rate;
  if (turn->tv_nsec >= 1000000000L) {
    turn->tv_sec++;
    turn->tv_nsec -= 1000000000L;
  }
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, turn, NULL);
}

// Makes the given number of exchanges at the given rate, unless told to stop.
static void makeExchanges(const struct sockaddr_in *address, long exchanges, long rate, struct Counts *counts) {
  char request[requestSize] = {0}, reply[replySize];
  struct timespec turn;
  int connection = -1;
  clock_gettime(CLOCK_MONOTONIC, &turn);
  for (long i = 0; i < exchanges && !stopped; i++) {
    if (i % exchangesPerConnection == 0) {
      if (connection >= 0) close(connection);
      connection = connectTo(address, counts);
    }
    sendMessage(connection, request, sizeof request, counts);
    if (!receiveMessage(connection, reply, sizeof reply, counts)) fail("recv");
    waitForTurn(&turn, rate);
  }
  if (connection >= 0) close(connection);
}

int main(int argc, char **argv) {
  long seconds = argc > 1 ? atol(argv[1]) : 0, rate = argc > 2 ? atol(argv[2]) : defaultRate;
  struct sockaddr_in address;
  struct Server server = {0};
  struct Counts client = {0};
  pthread_t thread;
  if (seconds <= 0 || rate <= 0) {
    fprintf(stderr, "usage: traffic SECONDS [EXCHANGES_PER_SECOND]\n");
    return 1;
  }
  // System calls go on after the signal: only the loop looks at it, so that no message is cut short.
  struct sigaction action = {.sa_handler = stop, .sa_flags = SA_RESTART};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);

  server.listener = listenOnLoopback(&address);
  if (pthread_create(&thread, NULL, serve, &server) != 0) fail("pthread_create");
  makeExchanges(&address, seconds * rate, rate, &client);
  // The server has taken every connection, for it answered on each; it sees the end of the last before accept() fails.
  shutdown(server.listener, SHUT_RDWR);
  pthread_join(thread, NULL);

  printf("connections %lu\n", client.connections);
  printf("sends %lu\n", client.sends + server.counts.sends);
  printf("receives %lu\n", client.receives + server.counts.receives);
  printf("bytes sent %lu\n", client.bytesSent + server.counts.bytesSent);
  printf("bytes received %lu\n", client.bytesReceived + server.counts.bytesReceived);
  return 0;
}
