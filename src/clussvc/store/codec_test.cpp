#include "clussvc/store/codec.h"

#include "clussvc/store/record.pb.h"
#include "clussvc/store/testing/fixture.h"

namespace holdfast::clussvc::store {
namespace {

gum::Entry full() {
  gum::Entry entry = testing::update(9, "Number", 5);
  entry.batch.set("A\\B", "text", database::Value::sz("Grüße"))
      .set("A", "", database::Value::expandSz("$HOME"))
      .set("A", "many", database::Value::multiSz({"one", "", "three"}))
      .set("A", "big", database::Value::qword(~0ull))
      .set("A", "bytes", database::Value::binary({0, 255, 7}))
      .set("A", "nothing", database::Value::binary({}))
      .remove("A", "old")
      .deleteKey("B")
      .require(database::Command::Kind::ConditionLess, "A", "n", database::Value::dword(3));
  entry.members = {{1, 2, 3}, {255, ~0ull, 1}};
  entry.weights = {{{1, 2, 0}, 1}, {{2, 9, 0}, 0}};
  return entry;
}

TEST(EntryCodec, everyFieldComesBack) {
  for (const auto kind :
       {gum::Entry::Kind::Update, gum::Entry::Kind::View, gum::Entry::Kind::Weights, gum::Entry::Kind::Forced}) {
    gum::Entry entry = full();
    entry.kind = kind;
    EXPECT_EQ(decodeEntry(encodeEntry(entry)), entry);
  }
}

TEST(EntryCodec, textThatIsNotUtf8ComesBack) {
  gum::Entry entry = testing::update(1, "\xff\xfe", 1);
  EXPECT_EQ(decodeEntry(encodeEntry(entry)), entry);
}

TEST(EntryCodec, garbageAndHalfAnEntryAreRefused) {
  EXPECT_FALSE(decodeEntry("\xff\xff\xff garbage"));
  const std::string bytes = encodeEntry(full());
  EXPECT_FALSE(decodeEntry(std::string_view(bytes).substr(0, bytes.size() - 1)));
}

TEST(GUM_44, anUnknownKindOfEntryIsRefusedNotGuessed) {
  record::Entry entry;
  entry.set_kind(9);
  EXPECT_FALSE(decodeEntry(entry.SerializeAsString()));
}

TEST(ValueCodec, everyTypeComesBack) {
  for (const database::Command& command : full().batch.commands)
    EXPECT_EQ(decodeValue(encodeValue(command.value)), command.value);
  EXPECT_FALSE(decodeValue(""));
}

}  // namespace
}  // namespace holdfast::clussvc::store
