#!/bin/sh
# Written by bondplan: takes back the LAGs and their ports. The bridge stays.
ovs-vsctl \
  -- --if-exists del-port br0 bond1 \
  -- --if-exists del-port br0 bond5
