# What `cmake --install` puts where: the layout of the build tree (bin beside lib/holdfast), so that clussvc finds its
# monitor in both. Headers lie in a folder of their own: nothing else on the machine shall find this windows.h by accident.
include(CMakePackageConfigHelpers)
set(headers_dir include/holdfast-sdk)
set(package_dir lib/cmake/Holdfast)

# Everything finds its libraries relative to itself: an installation can be moved, and staged under another prefix.
set_target_properties(winapi clusapi resutils PROPERTIES INSTALL_RPATH "$ORIGIN")
set_target_properties(cluster clussvc PROPERTIES INSTALL_RPATH "$ORIGIN/../lib")
set_target_properties(rhs rhs-guard rhs-stack PROPERTIES INSTALL_RPATH "$ORIGIN/..")

install(TARGETS winapi clusapi resutils EXPORT HoldfastTargets LIBRARY DESTINATION lib INCLUDES DESTINATION ${headers_dir})
install(TARGETS cluster clussvc RUNTIME DESTINATION bin)
install(TARGETS rhs rhs-guard rhs-stack RUNTIME DESTINATION lib/holdfast)
install(DIRECTORY include/ DESTINATION ${headers_dir} FILES_MATCHING PATTERN "*.h")
install(FILES LICENSE README.md CHANGELOG.md DESTINATION share/doc/holdfast)
install(DIRECTORY docs/ DESTINATION share/doc/holdfast/docs)
install(DIRECTORY samples/clipbook_server/ DESTINATION share/doc/holdfast/samples/clipbook_server)

install(EXPORT HoldfastTargets NAMESPACE Holdfast:: DESTINATION ${package_dir})
configure_package_config_file(cmake/HoldfastConfig.cmake.in ${CMAKE_BINARY_DIR}/HoldfastConfig.cmake
                              INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may change the interface.
write_basic_package_version_file(${CMAKE_BINARY_DIR}/HoldfastConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/HoldfastConfig.cmake ${CMAKE_BINARY_DIR}/HoldfastConfigVersion.cmake
              cmake/HoldfastResourceDll.cmake DESTINATION ${package_dir})

configure_file(cmake/holdfast.pc.in ${CMAKE_BINARY_DIR}/holdfast.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/holdfast.pc DESTINATION lib/pkgconfig)
