"""理事: the joint conference 联席会议, listening 睦邻恳谈, and the partner units 共建单位."""
