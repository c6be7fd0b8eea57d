# SPDX-License-Identifier: GPL-3.0-or-later
# A room is a folder that is one static library. handover_room(NAME LINK targets… PCH headers…)
# makes it of the sources in the current folder and lets it see what it links, and only that.
# With CMAKE_UNITY_BUILD its sources are compiled several at a time, in less than half of the time; then
# two of them can't use one name for different things, even in unnamed namespaces. APART: they do here.

add_library(handover_options INTERFACE)
target_compile_features(handover_options INTERFACE cxx_std_23)
target_include_directories(handover_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(handover_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -fno-omit-frame-pointer $<$<BOOL:${HANDOVER_WERROR}>:-Werror>)
target_compile_definitions(handover_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  QT_NO_CONTEXTLESS_CONNECT QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_JAVA_STYLE_ITERATORS
  QT_USE_QSTRINGBUILDER QT_STRICT_ITERATORS QT_DISABLE_DEPRECATED_UP_TO=0x060600
  HANDOVER_VERSION="${PROJECT_VERSION}")
if(HANDOVER_SANITIZE)
  target_compile_options(handover_options INTERFACE -fsanitize=${HANDOVER_SANITIZE} -fno-sanitize-recover=undefined)
  target_link_options(handover_options INTERFACE -fsanitize=${HANDOVER_SANITIZE})
endif()

# Two precompiled headers serve every target: one for what sees Qt Core, one for what sees widgets; and one
# each for the tests' own code, which takes longer to optimize than to run (OPTIONS: as it is compiled).
function(handover_use_pch target kind)
  cmake_parse_arguments(PCH "" "NAME" "OPTIONS" ${ARGN})
  set(pch "handover_pch_${kind}${PCH_NAME}")
  if(NOT TARGET ${pch})
    file(WRITE "${CMAKE_BINARY_DIR}/${pch}.cpp" "")
    add_library(${pch} OBJECT "${CMAKE_BINARY_DIR}/${pch}.cpp")
    set_target_properties(${pch} PROPERTIES AUTOMOC OFF POSITION_INDEPENDENT_CODE ON)
    target_compile_options(${pch} PRIVATE ${PCH_OPTIONS})
    if(kind STREQUAL "widgets")
      target_link_libraries(${pch} PRIVATE handover_options Qt6::Widgets)
      target_precompile_headers(${pch} PRIVATE <QtWidgets> <expected> <functional> <memory> <optional>)
    else()
      target_link_libraries(${pch} PRIVATE handover_options Qt6::Core)
      target_precompile_headers(${pch} PRIVATE <QtCore> <expected> <functional> <memory> <optional>)
    endif()
  endif()
  target_compile_options(${target} PRIVATE ${PCH_OPTIONS})
  # An executable would be compiled with -fPIE, for which the header doesn't fit.
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "EXECUTABLE")
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${target} PRIVATE -fPIC)
  else()
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
  target_precompile_headers(${target} REUSE_FROM ${pch})
endfunction()

function(handover_room name)
  cmake_parse_arguments(ROOM "WIDGETS;APART" "" "LINK;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp *.h)
  add_library(${name} STATIC ${sources})
  set_target_properties(${name} PROPERTIES AUTOMOC ON LINKER_LANGUAGE CXX)
  if(ROOM_APART)
    set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
  endif()
  target_link_libraries(${name} PUBLIC handover_options Qt6::Core ${ROOM_LINK} PRIVATE ${ROOM_PRIVATE})
  if(ROOM_WIDGETS)
    handover_use_pch(${name} widgets)
  else()
    handover_use_pch(${name} core)
  endif()
endfunction()
