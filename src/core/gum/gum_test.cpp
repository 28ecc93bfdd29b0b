#include "core/gum/gum.h"

#include <gtest/gtest.h>

#include "core/gum/fake_member.h"

namespace holdfast::gum {
namespace {

using database::Batch;
using database::Command;
using database::Value;

Batch setting(const std::string& group, const std::string& text) {
  const std::string key = "Groups\\" + group;
  return Batch().createKey(key).set(key, "Name", Value::sz(text));
}

TEST(GUM_27, FormingACluster_isADecreeKnownToBeCommittedAndThenAnElection) {
  FakeMember member;
  EXPECT_EQ(member.takeTrace(),
            "-> persist 1: instance promised 1.1.1 append [Forced 1.1.1/1] committed 1\n"
            "-> persist 2: committed 1 apply [Forced 1.1.1/1]\n"
            "applied [Forced 1.1.1/1]\n");
  EXPECT_FALSE(member.gum().active());
  member.establish();
  EXPECT_EQ(member.takeTrace(),
            "-> Hello last 1.1.1/1\n"
            "<- Hello last 1.1.1/1\n"
            "-> persist 3: promised 1.2.1\n"
            "<- StoreDone 1\n"
            "<- StoreDone 2\n"
            "<- StoreDone 3\n"
            "-> Establish 1.2.1\n"
            "<- Establish 1.2.1\n"
            "-> Promise 1.2.1\n"
            "<- Promise 1.2.1\n"
            "-> persist 4: append [View 1.2.1/2]\n"
            "-> Append after 1.1.1/1: [View 1.2.1/2]\n"
            "<- Append after 1.1.1/1: [View 1.2.1/2]\n"
            "<- StoreDone 4\n"
            "-> Ack 1.2.1 seq 2\n"
            "<- Ack 1.2.1 seq 2\n"
            "-> persist 5: committed 2 apply [View 1.2.1/2]\n"
            "-> Commit seq 2\n"
            "applied [View 1.2.1/2]\n"
            "active\n"
            "<- Commit seq 2\n"
            "<- StoreDone 5\n");
  EXPECT_TRUE(member.gum().active());
}

// GUM-15, GUM-17, GUM-19: the way of one update on one member is that of several.
TEST(GUM_19, OneUpdateOnOneMember_isAppendedStoredAckedCommittedAndOnlyThenApplied) {
  FakeMember member;
  member.establish();
  member.takeTrace();
  member.propose(7, setting("g", "Web"));
  member.run();
  EXPECT_EQ(member.takeTrace(),
            "-> persist 6: append [Update 1.2.1/3]\n"
            "-> Append after 1.2.1/2: [Update 1.2.1/3]\n"
            "<- Append after 1.2.1/2: [Update 1.2.1/3]\n"
            "<- StoreDone 6\n"
            "-> Ack 1.2.1 seq 3\n"
            "<- Ack 1.2.1 seq 3\n"
            "-> Commit seq 3\n"
            "applied [Update 1.2.1/3]\n"
            "done 7\n"
            "<- Commit seq 3\n");
  EXPECT_EQ(member.tree().find("Groups\\g")->text("Name"), "Web");
}

TEST(GUM_3, NothingIsAckedOrAppliedBeforeItIsOnDisk) {
  FakeMember member;
  member.establish();
  member.propose(1, setting("g", "Web"));
  while (!member.messages.empty()) member.deliverOne();
  EXPECT_TRUE(member.done.empty());
  EXPECT_EQ(member.tree().find("Groups\\g"), nullptr);
  for (const auto& message : member.sent) {
    if (const auto* ack = std::get_if<Ack>(&message.body)) {
      EXPECT_LT(ack->seq, 3u);
    }
  }
  member.run();
  EXPECT_EQ(member.done, std::vector<std::uint64_t>{1});
}

TEST(GUM_15, UpdatesInFlightAreJudgedAfterOneAnotherAndEndInOrder) {
  FakeMember member;
  member.establish();
  member.propose(1, setting("a", "1"));
  member.propose(
      2, Batch().require(Command::Kind::ConditionEqual, "Groups\\a", "Name", Value::sz("1")).deleteKey("Groups\\a"));
  member.propose(3, Batch().set("Groups\\a", "Name", Value::sz("2")));  // gone by then
  member.propose(4, setting("b", "1"));
  EXPECT_EQ(member.persists.size(), 3u);
  member.run();
  EXPECT_EQ(member.done, (std::vector<std::uint64_t>{1, 2, 4}));
  ASSERT_EQ(member.refused.size(), 1u);
  EXPECT_EQ(member.refused[0].token, 3u);
  EXPECT_EQ(member.refused[0].error.code, 2u);
  EXPECT_EQ(member.tree().find("Groups\\a"), nullptr);
}

TEST(GUM_15, UpdatesOfOneStepGoToDiskTogether) {
  FakeMember member;
  member.establish();
  member.takeTrace();
  Output output;
  for (std::uint64_t token = 1; token <= 3; ++token)
    member.gum().propose(token, setting("g" + std::to_string(token), "x"), {}, {}, WallTime{}, output);
  EXPECT_EQ(output.persist.size(), 1u);
  EXPECT_EQ(output.persist[0].append.size(), 3u);
  EXPECT_EQ(output.send.size(), 1u);
  member.take(output);
  member.run();
  EXPECT_EQ(member.done, (std::vector<std::uint64_t>{1, 2, 3}));
}

TEST(GUM_23, ARefusalWaitsForWhatItWasJudgedBy) {
  FakeMember member;
  member.establish();
  member.propose(1, setting("a", "1"));
  member.propose(2, Batch().require(Command::Kind::ConditionKeyMissing, "Groups\\a").createKey("Groups\\a"));
  EXPECT_TRUE(member.refused.empty());
  member.run();
  ASSERT_EQ(member.refused.size(), 1u);
  EXPECT_EQ(member.refused[0].error.code, 5986u);
  EXPECT_EQ(member.refused[0].command, 0u);
  member.propose(3, Batch().require(Command::Kind::ConditionKeyMissing, "Groups\\a"));
  EXPECT_EQ(member.refused.size(), 2u) << "judged by what is committed, it need not wait";
}

TEST(GUM_22, ARequestIsRememberedInFlightAndAfterItsEndAndAcrossARestart) {
  FakeMember member;
  member.establish();
  const RequestId first{9, 1}, second{9, 2};
  EXPECT_EQ(member.gum().seen(first).fate, Requests::Fate::Never);
  member.propose(1, setting("a", "1"), second);
  member.propose(2, setting("b", "1"), first);
  EXPECT_EQ(member.gum().seen(second).fate, Requests::Fate::InFlight);
  EXPECT_EQ(member.gum().seen(second).seq, 3u);
  member.run();
  EXPECT_EQ(member.gum().seen(second).fate, Requests::Fate::Done);
  EXPECT_EQ(member.gum().seen(first).fate, Requests::Fate::Done) << "later in the log, with a lower number";
  EXPECT_EQ(member.gum().seen({9, 3}).fate, Requests::Fate::Never);
  EXPECT_EQ(member.gum().seen({8, 1}).fate, Requests::Fate::Never);
  EXPECT_EQ(member.gum().seen({9, 0}).fate, Requests::Fate::Unknown) << "older than all that is remembered";

  FakeMember again({1, 2}, member.disk.stored());
  again.establish();
  EXPECT_EQ(again.gum().seen(first).fate, Requests::Fate::Done);
  EXPECT_EQ(again.gum().seen(first).seq, 4u);
}

TEST(GUM_22, RequestsAreForgottenAfterAFixedDistance) {
  FakeMember member;
  member.establish();
  for (std::uint64_t i = 1; i <= kRequestsKept_entries + 100; ++i) {
    member.propose(i, setting("g", std::to_string(i)), {5, i});
    member.run();
    member.trace.clear();
    member.sent.clear();
  }
  const auto kept = member.tree().find("Requests")->values().size();
  EXPECT_LE(kept, kRequestsKept_entries + 2);
  EXPECT_GE(kept, kRequestsKept_entries);
  EXPECT_EQ(member.gum().seen({5, 1}).fate, Requests::Fate::Unknown);
  EXPECT_EQ(member.gum().seen({5, kRequestsKept_entries + 100}).fate, Requests::Fate::Done);
  EXPECT_TRUE(member.refused.empty());
}

TEST(GUM_17, AnUncommittedTailIsCarriedOverAndCommittedByTheViewEntry) {
  FakeMember member;
  member.establish();
  member.propose(1, setting("a", "kept"));
  while (!member.messages.empty()) member.deliverOne();
  member.disk.execute(member.persists.front());  // on disk, and the node dies before it hears of it
  EXPECT_TRUE(member.done.empty());

  FakeMember again({1, 2}, member.disk.stored());
  EXPECT_EQ(again.tree().find("Groups\\a"), nullptr) << "not known to be committed";
  again.establish();
  EXPECT_TRUE(again.gum().active());
  ASSERT_NE(again.tree().find("Groups\\a"), nullptr);
  EXPECT_EQ(again.tree().find("Groups\\a")->text("Name"), "kept");
  EXPECT_EQ(again.gum().log().at(3)->tag.epoch.round, 2u) << "its entry keeps the epoch that made it";
}

TEST(GUM_20, WhatIsKnownToBeCommittedIsReplayedAtOnceAfterARestart) {
  FakeMember member;
  member.establish();
  member.propose(1, setting("a", "1"));
  member.run();
  Output output;
  member.gum().checkpoint(output);
  member.take(output);
  member.run();
  EXPECT_EQ(member.disk.state.applied.seq, 3u);
  FakeMember again({1, 2}, member.disk.stored());
  EXPECT_NE(again.tree().find("Groups\\a"), nullptr);
  EXPECT_EQ(again.gum().committed(), 3u);
}

TEST(GUM_5, EveryLifeLeadsInAHigherRoundThatIsOnDiskFirst) {
  FakeMember member;
  member.establish();
  const Epoch first = member.gum().promised();
  FakeMember again({1, 2}, member.disk.stored());
  again.establish();
  EXPECT_GT(again.gum().promised(), first);
  EXPECT_EQ(again.disk.state.promised, again.gum().promised());
  EXPECT_EQ(again.gum().promised().node, 1);
}

TEST(GUM_9, NothingIsAppendedBeforeAQuorumOfPromises) {
  FakeMember member;
  member.view({1, {member.id()}});
  while (!member.messages.empty()) member.deliverOne();
  for (const auto& message : member.sent) EXPECT_FALSE(std::holds_alternative<Append>(message.body));
  EXPECT_FALSE(member.gum().active());
  member.run();
  EXPECT_TRUE(member.gum().active());
}

TEST(GUM_2, MessagesOfAnotherViewAndOfStrangersAreDropped) {
  FakeMember member;
  member.establish();
  const Epoch promised = member.gum().promised();
  member.takeTrace();
  Message message{member.id(), 99, 0, Establish{{1, 50, 1}, {{1, 2, 1}, 2}, {}}};
  member.receive(message);
  message.view = 1;
  message.sender = {3, 703, 1};
  member.receive(message);
  message.sender = member.id();
  message.to = 2;
  member.receive(message);
  EXPECT_EQ(member.gum().promised(), promised);
  EXPECT_EQ(member.takeTrace(), "");
}

/// A second member as this one sees it: it speaks, and what it is told is looked at.
class GumOfTwo : public testing::Test {
 protected:
  GumOfTwo() {
    member.establish();
    member.propose(1, setting("a", "1"));
    member.run();
    other = {2, 702, 1};
    member.view({2, {member.id(), other}});
    member.run();
    member.takeTrace();
    member.sent.clear();
  }
  template <class Body>
  void say(Body body) {
    member.receive({other, 2, 0, std::move(body)});
    member.run();
  }
  FakeMember member;
  MemberId other;
};

using GUM_6 = GumOfTwo;
TEST_F(GUM_6, aCandidateWithAnOlderLogIsRefusedAndChangesNothing) {
  const Epoch before = member.gum().promised();
  say(Establish{{1, 40, 2}, {{1, 2, 1}, 2}, {}});
  ASSERT_EQ(member.sent.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<Refuse>(member.sent[0].body));
  EXPECT_EQ(member.gum().promised(), before);
}
TEST_F(GUM_6, anEqualLogIsPromisedOnceAndOnlyAfterThePromiseIsOnDisk) {
  const Tag last = member.gum().log().last();
  member.receive({other, 2, 0, Establish{{1, 40, 2}, last, {}}});
  EXPECT_TRUE(member.sent.empty()) << "GUM-3: the promise is on disk first";
  member.run();
  ASSERT_EQ(member.sent.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<Promise>(member.sent[0].body));
  EXPECT_EQ(member.disk.state.promised, (Epoch{1, 40, 2}));
  EXPECT_EQ(member.gum().log().last(), last) << "GUM-7: a promise does not make a log newer";
  say(Establish{{1, 40, 2}, last, {}});
  EXPECT_TRUE(std::holds_alternative<Refuse>(member.sent.back().body)) << "only above what was promised";
}

using GUM_16 = GumOfTwo;
TEST_F(GUM_16, anAppendOfAnOlderEpochIsIgnored) {
  say(Append{{1, 1, 2}, member.gum().log().last(), {}, 0});
  EXPECT_EQ(member.takeTrace(), "");
}
TEST_F(GUM_16, withoutThePreviousEntryItIsBehind) {
  say(Append{{1, 40, 2}, {{1, 39, 2}, 17}, {}, 0});
  ASSERT_FALSE(member.sent.empty());
  const auto* behind = std::get_if<Behind>(&member.sent.back().body);
  ASSERT_NE(behind, nullptr);
  EXPECT_EQ(behind->lastMatch, member.gum().committed());
}
TEST_F(GUM_16, aShortLateAppendDoesNotCutWhatWasAcked) {
  const Tag last = member.gum().log().last();
  const auto entry = [&](std::uint64_t seq, const std::string& name) {
    Entry made;
    made.tag = {{1, 40, 2}, seq};
    made.batch = setting(name, "x");
    return made;
  };
  say(Append{{1, 40, 2}, last, {entry(last.seq + 1, "p"), entry(last.seq + 2, "q")}, 0});
  say(Append{{1, 40, 2}, last, {entry(last.seq + 1, "p")}, 0});
  EXPECT_EQ(member.gum().log().last().seq, last.seq + 2);
  // An entry that differs cuts what follows it.
  Entry different = entry(last.seq + 1, "r");
  different.tag.epoch = {1, 41, 2};
  say(Append{{1, 41, 2}, last, {different}, last.seq + 1});
  EXPECT_EQ(member.gum().log().last(), different.tag);
  EXPECT_EQ(member.disk.state.log.back().tag, different.tag);
  EXPECT_NE(member.tree().find("Groups\\r"), nullptr) << "committed by the leader";
  EXPECT_EQ(member.tree().find("Groups\\p"), nullptr);
}

using GUM_18 = GumOfTwo;
TEST_F(GUM_18, modeEverybodyWaitsForEveryMember) {
  // The vote is the first member's alone, and yet nothing counts as done before the second has it.
  ASSERT_FALSE(member.gum().active());
  say(Hello{{1, 3, 1}, {{1, 2, 1}, 2}, 2});
  EXPECT_FALSE(member.gum().active());
  const auto* append = std::get_if<Append>(&member.sent[member.sent.size() - 2].body);
  const Epoch epoch = member.gum().promised();
  (void)append;
  say(Ack{epoch, member.gum().log().last().seq, 0, 0});
  EXPECT_TRUE(member.gum().active());
}

TEST(GUM_8, WhoHeardOfAForcedStartAndLacksItsDatabaseNeverLeads) {
  FakeMember member;
  member.establish();
  StoredState stored = member.disk.stored();
  stored.promised = {2, 1, 3};
  FakeMember again({1, 2}, stored);
  again.establish();
  again.now += std::chrono::seconds(60);
  again.tick();
  again.run();
  EXPECT_FALSE(again.gum().active());
}

TEST(GUM_10, AWipedCopyHasNoVote) {
  FakeMember member;
  member.establish();
  StoredState stored = member.disk.stored();
  stored.instance += 1;  // the database was restored: another copy
  FakeMember again({1, 2}, stored);
  again.view({1, {{1, FakeMember::kInstance + 2, 2}}});
  again.run();
  EXPECT_FALSE(again.gum().active());
}

TEST(GUM_25, ARoleThatEndsRefusesWhatIsInFlightWith5925) {
  FakeMember member;
  member.establish();
  member.propose(1, setting("a", "1"));
  Output output;
  member.gum().stop(output);
  ASSERT_EQ(output.refused.size(), 1u);
  EXPECT_EQ(output.refused[0].error.code, 5925u);
  EXPECT_TRUE(output.lost);
  member.take(output);
  member.run();
  EXPECT_TRUE(member.done.empty());
  EXPECT_FALSE(member.gum().active());
}

TEST(CM_26, VolatileUpdatesTravelInTheSameOrderAndTouchNoDisk) {
  FakeMember member;
  member.establish();
  const auto written = member.disk.state.log.size();
  Output output;
  member.gum().proposeVolatile({{}, setting("a", "1")}, output);
  EXPECT_TRUE(output.persist.empty());
  ASSERT_EQ(output.send.size(), 1u);
  member.take(output);
  EXPECT_EQ(member.volatileUpdates, 0u) << "not before it came round";
  member.run();
  EXPECT_EQ(member.volatileUpdates, 1u);
  EXPECT_EQ(member.disk.state.log.size(), written);
}

TEST(CM_26, TheLeaderStampsTimeThatNeverRunsBackwards) {
  FakeMember member;
  member.establish();
  Output output;
  for (const int second : {5, 3, 4}) {
    member.gum().propose(1, setting("a", std::to_string(second)), {}, {}, WallTime(std::chrono::seconds(second)),
                         output);
  }
  ASSERT_EQ(output.persist.size(), 1u);
  const auto& entries = output.persist[0].append;
  EXPECT_LT(entries[0].time, entries[1].time);
  EXPECT_LT(entries[1].time, entries[2].time);
}

}  // namespace
}  // namespace holdfast::gum
