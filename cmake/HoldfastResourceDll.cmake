# holdfast_add_resource_dll(NAME SOURCES file... [DEPENDS target...])
# A resource DLL: NAME.so, without the prefix lib, built as source written for Windows expects, and linked with the
# three libraries of the SDK (`#pragma comment(lib, ...)` is the only link information that some sources have).
# It lies in HOLDFAST_RESOURCE_DIR, where that is set. The same function serves this tree and find_package(Holdfast).
function(holdfast_add_resource_dll name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  if(NOT ARG_SOURCES)
    message(FATAL_ERROR "holdfast_add_resource_dll(${name}): name the source files after SOURCES")
  endif()
  add_library(${name} MODULE ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES
    PREFIX "" SUFFIX ".so"
    C_STANDARD 17 C_EXTENSIONS ON CXX_STANDARD 17 CXX_EXTENSIONS ON POSITION_INDEPENDENT_CODE ON
    # DllMain is declared nowhere, so nothing else would make it visible to the loader.
    C_VISIBILITY_PRESET default CXX_VISIBILITY_PRESET default
    INSTALL_RPATH "$ORIGIN/../..")
  if(HOLDFAST_RESOURCE_DIR)
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${HOLDFAST_RESOURCE_DIR})
  endif()
  target_compile_options(${name} PRIVATE -Wno-unknown-pragmas $<$<COMPILE_LANGUAGE:CXX>:-Wno-write-strings>
                         $<$<COMPILE_LANGUAGE:C>:-fms-extensions>)
  if(NOT HOLDFAST_SANITIZE)
    target_link_options(${name} PRIVATE LINKER:-z,defs)  # a missing name is found now, not when the monitor loads it
  endif()
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS})
  foreach(library resutils clusapi winapi)
    if(TARGET Holdfast::${library})
      target_link_libraries(${name} PRIVATE Holdfast::${library})
    elseif(TARGET ${library})
      target_link_libraries(${name} PRIVATE ${library})
    endif()
  endforeach()
endfunction()
