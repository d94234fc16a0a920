// A program for a test: a parent that the kernel holds until its child executes something, which it never does.
#include <signal.h>
#include <unistd.h>

int main() {
  ::signal(SIGINT, SIG_IGN);
  if (::vfork() == 0) {
    for (;;) ::pause();
  }
  return 0;
}
