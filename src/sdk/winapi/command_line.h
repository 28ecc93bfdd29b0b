// A Windows command line and environment block, as arguments and environment of a program here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::winapi {

/// Cuts as Windows programs cut: blanks and tabs separate; "…" keeps together, "" in it is one quote; 2n backslashes
/// before a quote are n, 2n+1 are n and a literal quote; other backslashes stay. The first word knows no backslash
/// rule. Text that is no Unicode becomes U+FFFD.
std::vector<std::string> splitCommandLine(std::wstring_view line);

/// The programs that the line could mean, in the order in which they are tried: the quoted first word alone, or the
/// text up to the first blank, up to the second, … Each with the rest of the line.
struct Candidate {
  std::string program;
  std::wstring_view rest;
};
std::vector<Candidate> programCandidates(std::wstring_view line);

/// The strings of an environment block.
std::vector<std::string> wideEnvironment(const wchar_t* block);
std::vector<std::string> narrowEnvironment(const char* block);

}  // namespace holdfast::winapi
