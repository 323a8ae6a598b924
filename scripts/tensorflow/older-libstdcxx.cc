// std::vector calls this where a size overflows; libstdc++ has it only since GCC 11. With a copy inside,
// hidden from others, the binding also loads where VS Code's own floor, libstdc++ of GCC 8, is all there is.
#include <new>

namespace std {
__attribute__((visibility("hidden"), noreturn)) void __throw_bad_array_new_length() {
  throw std::bad_array_new_length();
}
}  // namespace std
