extension RecordedKernel {

  /// The texts of the `format` files of the tracepoints, by `subsystem:event`.
  static let formatTexts: [String: String] = [
    "syscalls:sys_enter_openat": """
    name: sys_enter_openat
    ID: 782
    format:
    	field:int common_pid;	offset:4;	size:4;	signed:1;

    	field:int __syscall_nr;	offset:8;	size:4;	signed:1;
    	field:int dfd;	offset:16;	size:8;	signed:0;
    	field:const char * filename;	offset:24;	size:8;	signed:0;
    	field:int flags;	offset:32;	size:8;	signed:0;
    	field:umode_t mode;	offset:40;	size:8;	signed:0;
    """,
    "syscalls:sys_exit_read": """
    name: sys_exit_read
    ID: 841
    format:
    	field:int common_pid;	offset:4;	size:4;	signed:1;

    	field:int __syscall_nr;	offset:8;	size:4;	signed:1;
    	field:long ret;	offset:16;	size:8;	signed:1;
    """,
    "sched:sched_switch": """
    name: sched_switch
    ID: 372
    format:
    	field:int common_pid;	offset:4;	size:4;	signed:1;

    	field:char prev_comm[16];	offset:8;	size:16;	signed:0;
    	field:pid_t prev_pid;	offset:24;	size:4;	signed:1;
    	field:int prev_prio;	offset:28;	size:4;	signed:1;
    	field:long prev_state;	offset:32;	size:8;	signed:1;
    	field:char next_comm[16];	offset:40;	size:16;	signed:0;
    	field:pid_t next_pid;	offset:56;	size:4;	signed:1;
    	field:int next_prio;	offset:60;	size:4;	signed:1;
    """,
    "sched:sched_process_exec": """
    name: sched_process_exec
    ID: 365
    format:
    	field:int common_pid;	offset:4;	size:4;	signed:1;

    	field:__data_loc char[] filename;	offset:8;	size:4;	signed:0;
    	field:pid_t pid;	offset:12;	size:4;	signed:1;
    	field:pid_t old_pid;	offset:16;	size:4;	signed:1;
    """,
    "skb:kfree_skb": """
    name: kfree_skb
    ID: 2310
    format:
    	field:int common_pid;	offset:4;	size:4;	signed:1;

    	field:void * skbaddr;	offset:8;	size:8;	signed:0;
    	field:void * location;	offset:16;	size:8;	signed:0;
    	field:void * rx_sk;	offset:24;	size:8;	signed:0;
    	field:unsigned short protocol;	offset:32;	size:2;	signed:0;
    	field:enum skb_drop_reason reason;	offset:36;	size:4;	signed:0;
    """,
  ]

}
