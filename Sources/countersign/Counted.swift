import ByteText

/// `1 record`, `2 records`: a number and what is counted.
func counted(_ number: Int, _ noun: ByteString) -> ByteString {
  ByteString("\(number) ") + noun + (number == 1 ? "" : "s")
}
