# session.proto as libclusapi carries it: the same messages without table and options, for protobuf's lite runtime and in
# a package of its own. A library that applications and resource DLLs load may not register descriptors, which a program
# can do only once, nor share classes with what else is in the process.
#   cmake -DINPUT=session.proto -DOUTPUT=wire.proto -P wire_proto.cmake
file(READ "${INPUT}" text)
string(FIND "${text}" "service ClusterApi" service)
string(SUBSTRING "${text}" 0 ${service} text)
string(FIND "${text}" "extend google.protobuf" extend)
string(FIND "${text}" "// --- the frames" frames)
string(SUBSTRING "${text}" 0 ${extend} head)
string(SUBSTRING "${text}" ${frames} -1 tail)
set(text "${head}${tail}")
string(REPLACE "import \"google/protobuf/descriptor.proto\";" "option optimize_for = LITE_RUNTIME;" text "${text}")
string(REPLACE "package holdfast.calls;" "package holdfast.clusapi.wire;" text "${text}")
file(WRITE "${OUTPUT}" "${text}")
