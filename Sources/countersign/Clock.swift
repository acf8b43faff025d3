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

  /// Milliseconds of a clock that nobody sets: for how long something takes, never for when it was.
  static func milliseconds() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
  }
}
