#include "clussvc/monitors/convert.h"

#include "calls/monitor.pb.h"

namespace holdfast::clussvc::monitors {
namespace {

namespace proto = calls::monitor;
using How = monitor::Exited::How;

proto::ToMonitor parsed(const std::string& body) {
  proto::ToMonitor frame;
  EXPECT_TRUE(frame.ParseFromString(body));
  return frame;
}

TEST(MonitorConversion, everyCommandHasItsFrame) {
  const auto open = parsed(frameOf(monitor::Open{1, "guid", "Clip", {"T", "t.so", 1, 2}, {3, 4, 5, 6}})).open();
  EXPECT_EQ(open.instance(), 1u);
  EXPECT_EQ(open.resource(), "guid");
  EXPECT_EQ(open.name(), "Clip");
  EXPECT_EQ(open.type().name(), "T");
  EXPECT_EQ(open.type().dll_name(), "t.so");
  EXPECT_EQ(open.type().concurrency(), 1u);
  EXPECT_EQ(open.type().deadlock_ms(), 2u);
  EXPECT_EQ(open.settings().looks_alive_ms(), 3u);
  EXPECT_EQ(open.settings().deadlock_ms(), 6u);
  EXPECT_EQ(parsed(frameOf(monitor::Close{2})).close().instance(), 2u);
  EXPECT_EQ(parsed(frameOf(monitor::Online{2, 3})).online().operation(), 3u);
  EXPECT_EQ(parsed(frameOf(monitor::Offline{2, 4})).offline().operation(), 4u);
  EXPECT_TRUE(parsed(frameOf(monitor::Terminate{2, 5, true})).terminate().as_failed());
  EXPECT_EQ(parsed(frameOf(monitor::ChangeSettings{2, {9, 8, 7, 6}})).change_settings().settings().pending_ms(), 7u);
  EXPECT_EQ(parsed(frameOf(monitor::Rename{2, "New"})).rename().name(), "New");
  const auto control = parsed(frameOf(monitor::ResourceControl{2, 3, 4, {0, 1}, 5})).resource_control();
  EXPECT_EQ(control.input(), std::string("\0\1", 2));
  EXPECT_EQ(control.output_capacity(), 5u);
  EXPECT_EQ(parsed(frameOf(monitor::ResourceTypeControl{{"T", "t.so", 0, 0}, 3, 4, {}, 5}))
                .resource_type_control()
                .type()
                .name(),
            "T");
  EXPECT_TRUE(parsed(frameOf(monitor::Exit{})).has_exit());
  EXPECT_EQ(parsed(serviceHello(9, "b")).hello().incarnation(), 9u);
  EXPECT_EQ(parsed(apiAnswer("f")).api_answer().frame(), "f");
}

TEST(MonitorConversion, everyReportComesBack) {
  proto::FromMonitor frame;
  auto& change = *frame.mutable_state_changed();
  change.set_instance(1);
  change.set_operation(2);
  change.set_state(-1);
  change.set_reason(4);
  change.set_terminated(true);
  change.set_status(5);
  change.set_resource_specific(6);
  change.set_cannot_here(true);
  const auto report =
      std::get<monitor::StateChanged>(std::get<monitor::Report>(*parseFrame(frame.SerializeAsString())));
  EXPECT_EQ(report.state, ResourceState::Unknown);
  EXPECT_EQ(report.reason, monitor::Reason::IsAlive);
  EXPECT_TRUE(report.terminated && report.cannotComeOnlineHere && !report.cannotComeOnlineAnywhere);
  EXPECT_EQ(report.resourceSpecific, 6u);

  change.set_reason(1000);
  EXPECT_EQ(std::get<monitor::StateChanged>(std::get<monitor::Report>(*parseFrame(frame.SerializeAsString()))).reason,
            monitor::Reason::Reported);
}

TEST(MonitorConversion, garbageIsNoFrame) {
  EXPECT_FALSE(parseFrame("\xff\xff"));
  EXPECT_FALSE(parseFrame(""));
}

TEST(GuardExit, tellsHowAMonitorEnded) {
  calls::GuardPacket packet;
  const auto how = [&](calls::GuardExit exit, bool connected, bool asked) {
    packet.exit = exit;
    return exitedOf(packet, connected, asked).how;
  };
  EXPECT_EQ(how(calls::GuardExit::Signalled, true, false), How::Crashed);
  EXPECT_EQ(how(calls::GuardExit::Signalled, false, false), How::NeverStarted);
  EXPECT_EQ(how(calls::GuardExit::Exited, true, true), How::Asked);
  EXPECT_EQ(how(calls::GuardExit::Exited, true, false), How::Exited);
  EXPECT_EQ(how(calls::GuardExit::Deadlock, true, false), How::Deadlocked);
  EXPECT_EQ(how(calls::GuardExit::LoopDead, true, true), How::Deadlocked);
  EXPECT_EQ(how(calls::GuardExit::Killed, true, true), How::Asked);
  EXPECT_EQ(how(calls::GuardExit::LeaseLapsed, true, false), How::Exited);
}

TEST(GuardExit, aPacketThatLiesAboutItsSizesIsReadWithinThem) {
  calls::GuardPacket packet;
  packet.inCallCount = 1'000'000;
  packet.entryPoint = 99;
  std::memset(packet.text, 'x', sizeof packet.text);
  const auto exited = exitedOf(packet, true, false);
  EXPECT_EQ(exited.inCall.size(), calls::kGuardMaxInCall);
  EXPECT_EQ(exited.text.size(), sizeof packet.text);
  EXPECT_EQ(exited.entryPoint, "");
}

}  // namespace
}  // namespace holdfast::clussvc::monitors
