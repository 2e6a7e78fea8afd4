// Maps with type information, and a program that uses them, for cases about maps that someone else made.
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long s64;

enum state { OPEN = 1, CLOSED = 2 };

struct flow {
  u32 saddr;
  u16 port;
  char name[6];
};

struct total {
  u64 rx;
  s64 tx;
  enum state state;
  u8 low : 3;
  u8 high : 5;
  char comm[16];
};

struct pair {
  u64 pid;
  u64 count;
};

// BPF_MAP_TYPE_HASH is 1.
struct {
  int (*type)[1];
  int (*max_entries)[64];
  struct flow *key;
  struct total *value;
} flows __attribute__((section(".maps"), used));

struct {
  int (*type)[1];
  int (*max_entries)[64];
  char (*key)[16];
  s64 *value;
} names __attribute__((section(".maps"), used));

struct {
  int (*type)[1];
  int (*max_entries)[64];
  struct pair *key;
  struct pair *value;
} pairs __attribute__((section(".maps"), used));

__attribute__((section("tracepoint/syscalls/sys_enter_getppid"), used)) int program(void *context) { return 0; }

char _license[] __attribute__((section("license"), used)) = "GPL";
