extension FormerFunction {

  /// All of them except those of system calls, as the kernel's history (`git log -S`) and the symbols of several releases tell.
  ///
  /// Functions that are still there, though little calls them, are not among them.
  static let all: [FormerFunction] = [
    // Networking: 6.5 replaced `sendpage` by MSG_SPLICE_PAGES (commit dc97391e6610).
    FormerFunction("tcp_sendpage", until: 6, 5, ["tcp_sendmsg"]),
    FormerFunction("tcp_sendpage_locked", until: 6, 5, ["tcp_sendmsg_locked"]),
    FormerFunction("do_tcp_sendpages", until: 6, 5, ["tcp_sendmsg_locked"]),
    FormerFunction("tcp_bpf_sendpage", until: 6, 5, ["tcp_bpf_sendmsg"]),
    FormerFunction("inet_sendpage", until: 6, 5, ["inet_sendmsg"]),
    FormerFunction("kernel_sendpage", until: 6, 5, ["sock_sendmsg"]),
    FormerFunction("sock_no_sendpage", until: 6, 5, ["sock_sendmsg"]),
    FormerFunction("sock_sendpage", until: 6, 5, ["splice_to_socket"]),
    FormerFunction("udp_sendpage", until: 6, 5, ["udp_sendmsg"]),
    FormerFunction("unix_stream_sendpage", until: 6, 5, ["unix_stream_sendmsg"]),
    FormerFunction("tls_sw_sendpage", until: 6, 5, ["tls_sw_sendmsg"]),
    FormerFunction("tls_device_sendpage", until: 6, 5, ["tls_device_sendmsg"]),
    FormerFunction("generic_splice_sendpage", until: 6, 5, ["splice_to_socket"]),
    FormerFunction("pipe_to_sendpage", until: 6, 5, ["splice_to_socket"]),
    // Networking.
    FormerFunction("kfree_skb", until: 5, 17, ["kfree_skb_reason"]),
    FormerFunction("kfree_skb_reason", until: 6, 11, ["sk_skb_reason_drop"]),
    FormerFunction("tcp_drop", until: 5, 19, ["tracepoint:skb:kfree_skb"]),
    FormerFunction("netif_rx_ni", until: 5, 18, ["netif_rx"]),
    // Processes.
    FormerFunction("do_fork", until: 4, 2, ["_do_fork"]),
    FormerFunction("_do_fork", until: 5, 10, ["kernel_clone"]),
    FormerFunction("scheduler_tick", until: 6, 10, ["sched_tick"]),
    FormerFunction("load_balance", until: 6, 10, ["sched_balance_rq"]),
    FormerFunction("rebalance_domains", until: 6, 10, ["sched_balance_domains"]),
    FormerFunction("trigger_load_balance", until: 6, 10, ["sched_balance_trigger"]),
    FormerFunction("rwsem_down_read_failed", until: 5, 3, ["rwsem_down_read_slowpath"]),
    FormerFunction("rwsem_down_write_failed", until: 5, 3, ["rwsem_down_write_slowpath"]),
    FormerFunction("del_timer", until: 6, 2, ["timer_delete"]),
    FormerFunction("del_timer_sync", until: 6, 2, ["timer_delete_sync"]),
    // Files.
    FormerFunction("__vfs_read", until: 5, 8, ["vfs_read"]),
    FormerFunction("__vfs_write", until: 5, 8, ["vfs_write"]),
    FormerFunction("__close_fd", until: 5, 11, ["close_fd"]),
    FormerFunction("user_path_at_empty", until: 6, 11, ["user_path_at"]),
    FormerFunction("generic_file_splice_read", until: 6, 5, ["filemap_splice_read"]),
    // Block devices.
    FormerFunction("generic_make_request", until: 5, 9, ["submit_bio_noacct"]),
    FormerFunction("direct_make_request", until: 5, 9, ["submit_bio_noacct"]),
    FormerFunction("blk_start_request", until: 5, 0, ["blk_mq_start_request"]),
    FormerFunction("blk_finish_request", until: 5, 0, ["blk_mq_end_request"]),
    FormerFunction("blk_account_io_start", until: 5, 16, ["tracepoint:block:block_rq_issue"]),
    FormerFunction("blk_account_io_done", until: 5, 16, ["tracepoint:block:block_rq_complete"]),
    FormerFunction("blk_account_io_completion", until: 5, 16, ["tracepoint:block:block_rq_complete"]),
    FormerFunction("blk_mq_sched_insert_request", until: 6, 4, ["blk_mq_insert_request"]),
    // Memory.
    FormerFunction("__alloc_pages_nodemask", until: 5, 13, ["__alloc_pages"]),
    FormerFunction("__alloc_pages", until: 6, 10, ["__alloc_pages_noprof"]),
    FormerFunction("__get_free_pages", until: 6, 10, ["get_free_pages_noprof"]),
    FormerFunction("__kmalloc", until: 6, 10, ["__kmalloc_noprof"]),
    FormerFunction("kmem_cache_alloc", until: 6, 10, ["kmem_cache_alloc_noprof"]),
    FormerFunction("kmem_cache_alloc_trace", until: 6, 1, ["kmalloc_trace"]),
    FormerFunction("kmalloc_trace", until: 6, 10, ["kmalloc_trace_noprof"]),
    FormerFunction("kmalloc_trace_noprof", until: 6, 11, ["__kmalloc_cache_noprof"]),
    FormerFunction("vmalloc", until: 6, 10, ["vmalloc_noprof"]),
    FormerFunction("do_page_fault", until: 5, 8, ["handle_mm_fault"]),
    FormerFunction("__do_page_cache_readahead", until: 5, 10, ["do_page_cache_ra"]),
    FormerFunction("mpage_readpages", until: 5, 8, ["mpage_readahead"]),
    FormerFunction("account_page_dirtied", until: 5, 16, ["__folio_mark_dirty"]),
    FormerFunction("wait_on_page_bit", until: 5, 16, ["folio_wait_bit"]),
    FormerFunction("__lock_page", until: 5, 16, ["__folio_lock"]),
    FormerFunction("__set_page_dirty_buffers", until: 5, 18, ["block_dirty_folio"]),
    FormerFunction("block_write_full_page", until: 6, 8, ["block_write_full_folio"]),
    FormerFunction("page_add_file_rmap", until: 6, 8, ["folio_add_file_rmap_ptes"]),
    FormerFunction("page_remove_rmap", until: 6, 8, ["folio_remove_rmap_ptes"]),
  ]

  /// Functions that are still there but that hardly anything calls since the release that is given.
  static let bypassed: [FormerFunction] = [
    FormerFunction("do_sys_open", until: 5, 6, ["do_sys_openat2"]),
    FormerFunction("add_to_page_cache_lru", until: 5, 16, ["filemap_add_folio"]),
    FormerFunction("mark_page_accessed", until: 5, 16, ["folio_mark_accessed"]),
  ]

}
