import CaseModel
import Glibc

/// The one place that reads the clock.
enum Clock {
  /// The machine's time, UTC.
  static func now() -> Instant {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Instant(ticks: Int64(time.tv_sec) * 10_000_000 + Int64(time.tv_nsec) / 100)
  }
}
