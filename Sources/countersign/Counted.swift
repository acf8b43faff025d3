import ByteText

/// `1 record`, `2 records`: a number and what is counted.
func counted(_ number: Int, _ noun: ByteString) -> ByteString {
  ByteString("\(number) ") + noun + (number == 1 ? "" : "s")
}

/// `1 entry`, `2 entries`: a number and what is counted, with the plural it has.
func counted(_ number: Int, _ noun: ByteString, _ plural: ByteString) -> ByteString {
  ByteString("\(number) ") + (number == 1 ? noun : plural)
}
