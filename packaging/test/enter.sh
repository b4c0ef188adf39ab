#!/bin/bash
# enter.sh ROOT USER COMMAND...: makes ROOT the root of this mount namespace, with file systems of its own.
set -euo pipefail
root=$1 user=$2
shift 2
mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount -t sysfs -o ro sys sys
mount -t tmpfs -o mode=755 dev dev
for device in null zero full random urandom tty; do
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs -o mode=1777 shm dev/shm
mount -t tmpfs -o mode=1777 tmp tmp
mount -t tmpfs -o mode=755 run run
for file in resolv.conf hosts; do
  : >>"etc/$file"
  mount --bind "/etc/$file" "etc/$file"
done
mkdir -p run/old
pivot_root . run/old
cd /
umount -l /run/old
as=()
[[ $user == root ]] || as=(setpriv --reuid "$user" --regid "$user" --init-groups)
home=/root
[[ $user == root ]] || home=/home/$user
exec "${as[@]}" env -i HOME="$home" USER="$user" LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
