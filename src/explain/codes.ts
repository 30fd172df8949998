// What is reported and is no rule: by the reader, the walk, the writer and the commands. Nothing of this can be switched
// off, for each says that something was not understood or is not carried; so there is a page for it, and no level.

export interface CodeFacts {
  /** One sentence. */
  readonly says: string
  readonly why: string
  readonly instead: string
}

/** What each dialect reports of a text that it cannot take apart, under a code of its own. */
const syntax: CodeFacts = {
  says: 'A file does not have the syntax that it should have.',
  why: 'What cannot be taken apart has no meaning, so nothing is made of it. What stands before and behind it was read.',
  instead: 'Mend the syntax at the place; the message says what was expected there.',
}

/** The facts of a code; undefined where nobody reports under it. */
export const codeFactsOf = (code: string): CodeFacts | undefined =>
  codeFacts[code] ?? (/^[a-z0-9]+-syntax$/.test(code) ? syntax : undefined)

export const codeFacts: Readonly<Record<string, CodeFacts>> = {
  'no-state': {
    says: 'Nothing of what diagnose was given shows the state of a bond.',
    why: `diagnose judges what runs: what the kernel and the switch show of it. Configuration says what was meant, and lint reads
that.`,
    instead:
      'Collect /proc/net/bonding/* and ip -j -d link as root on the host, and what the switch shows of its LAGs.',
  },
  'shown-again': {
    says: 'The state of one bond was collected twice.',
    why: 'Two states of one thing cannot both be judged. The last one is how things are now.',
    instead: 'Name only the state that is to be judged, or give each its own file in a folder of its own.',
  },
  'bond-not-there': {
    says: 'A bond or a LAG of the intent is not on the machine.',
    why: 'What runs was collected, and it is not in it. The configuration was not taken, or only a part of the output was collected.',
    instead: 'See whether the files are in place and were taken, and collect all of the output.',
  },
  'member-missing': {
    says: 'A member of the intent is not in the bond that runs.',
    why: 'The bond does without it: it has less rate than was meant, or nothing left to fail over to.',
    instead:
      'See whether the port is there under that name, whether another bond has it, and what the log says of attaching it.',
  },
  'member-unplanned': {
    says: 'A bond that runs has a member that the intent does not name.',
    why: `Somebody has attached it by hand, or the configuration is an older one. A port that was meant for something else is lost
there, and the next deployment takes it out.`,
    instead: 'Take it out, or say it in the intent.',
  },
  'state-differs': {
    says: 'An option, a speed or an address is otherwise than the intent says.',
    why: `What the driver holds was compared with what it holds of the intent: what is said, and its own default where nothing is
said. Files that were changed and not taken look like this, and so do settings by hand.`,
    instead:
      'Deploy the intent again, or say in it what is right. bondplan plan tells what a change interrupts.',
  },
  'cabled-otherwise': {
    says: 'A port is cabled to another place than the intent says.',
    why: `LLDP names the other end, or LACP does: each end tells its system and the number of its port, and records those of the other.
On another switch or in another LAG the member stands aside, or gets other VLANs. Two cables of one LAG that are swapped change
nothing and are only warned of.`,
    instead: 'Change the cable, or say where it is in the intent.',
  },
  'not-collected': {
    says: 'Nothing was collected of a machine of the intent.',
    why: 'Nothing can be said of it, and that nothing is found there is no sign that all is well.',
    instead:
      'Collect it as well. Machines are known by the prompt in a paste, by the folder above proc, or by the name of the file.',
  },
  'networkd-mode-not-changed': {
    says: 'A change of a bond that is up would be passed over in silence.',
    why: `networkd does not send mode, lacp-rate and whatever else needs the bond down or without members to a bond that is
there, and before version 257 nothing at all. networkctl reload and netplan apply end well, and the old values stand.`,
    instead:
      'Delete the device before the new files are taken, or restart the host. plan says it of each bond.',
  },
  'netplan-apply-leaves-old-bond': {
    says: 'A device that is gone from the files stays on the host.',
    why: `Neither networkctl reload nor netplan apply removes a bond, a VLAN or a bridge that is in the files no more; ifdown
knows only what is still in its file. The old bond keeps its members, and a new one does not get them.`,
    instead: 'Remove it by the command that plan names, before or after the new files are in place.',
  },
  'management-on-changed-bond': {
    says: 'Every address of a host is on a bond that the change interrupts.',
    why: `A session over the network ends when the bond is made anew, and after a mistake it does not come back: what would
mend it cannot be reached.`,
    instead:
      'Have a console or another way in, let a timer put the old files back unless it is stopped, and change one host at a time.',
  },
  'unknown-option': {
    says: 'A key is not known where it stands.',
    why: `Whatever is said is carried to the target or reported. A key that nobody knows would be lost in silence, and most
are a typing mistake or a name from another program.`,
    instead:
      'Write the key that is meant: the nearest known one is named, and bondplan options lists all of them.',
  },
  'value-not-allowed': {
    says: 'A value is none that the option can have.',
    why: 'The driver, the kernel or the standard would refuse it; the message names what is allowed.',
    instead: 'Write one of the values that are allowed: bondplan explain OPTION names them.',
  },
  'value-missing': {
    says: 'Something is named without what it needs.',
    why: 'A VLAN without its number, or a route without its destination, cannot be made.',
    instead: 'Say what is missing, below the key that the message names.',
  },
  'defined-twice': {
    says: 'One name is defined twice.',
    why: 'Several files are one intent. Which of two definitions was meant nobody can know, so neither goes before the other.',
    instead: 'Remove one of the two; the other is shown.',
  },
  'profile-unknown': {
    says: 'A bond uses a profile that there is none of.',
    why: 'Everything that the profile would have said is missing from the bond.',
    instead: 'Name a profile that stands under profiles, or add it there.',
  },
  'host-beside-hosts': {
    says: 'A file describes one host at its top level and several under hosts.',
    why: 'The short form is for a file about one host. Beside hosts it is not clear whose bonds these are.',
    instead: 'Move what stands at the top level below a host.',
  },
  'grat-arp-two-values': {
    says: 'num-grat-arp is said under two names with two values.',
    why: 'num_grat_arp and num_unsol_na are one value in the driver; the one that is written last wins.',
    instead: 'Say it once.',
  },
  'name-too-long': {
    says: 'A name of a device has more than 15 characters.',
    why: 'Linux keeps a name in 16 bytes, the last of which is zero (IFNAMSIZ).',
    instead: 'Choose a shorter name.',
  },
  'name-invalid-chars': {
    says: 'A name of a device holds characters that Linux refuses.',
    why: 'A slash, a colon, white space, and the names . and .. are refused (dev_valid_name()).',
    instead: 'Use letters, digits, dots, hyphens and underscores.',
  },
  'arp-targets-too-many': {
    says: 'More than 16 addresses are to be probed.',
    why: 'The driver has room for 16 (BOND_MAX_ARP_TARGETS).',
    instead: 'Two or three, on different machines, are enough.',
  },
  'option-newer-than-kernel': {
    says: 'An option or value needs a newer kernel than the host has.',
    why: 'The driver of that kernel does not know it: it refuses the bond, or the tool that writes it does.',
    instead: 'Leave the option out, or say the kernel that the host really has.',
  },
  'lossy-render': {
    says: 'A target cannot say what was said.',
    why: 'The option has no counterpart there, or not in that version. What comes out would do less than was meant.',
    instead:
      'Choose another target or version, or take the option away: bondplan explain TARGET tells what it can say.',
  },
  'nearest-render': {
    says: 'A target says something near to what was said.',
    why: 'The platform has no words for exactly this; the nearest that it has were written, and the message tells the difference.',
    instead: 'Look at the difference; say the option otherwise if it matters.',
  },
  'not-yet-mapped': {
    says: 'Nobody has looked yet how a target says an option.',
    why: 'The option is not in the output. An invented answer would be worse than none.',
    instead: 'Write it by hand after rendering, or choose a target that has it.',
  },
  'config-injection': {
    says: 'A value cannot be written in the syntax of a target without becoming something else.',
    why: 'It would end the line, open a section, or run as a command. It is refused, not escaped by guesswork.',
    instead: 'Choose a value without control characters and without what the message names.',
  },
  'name-not-writable': {
    says: 'A device has a name that the text of a target cannot hold.',
    why: 'FreeBSD makes variables of names, and the driver of the oldest hosts calls its bonds bond0, bond1 and so on. Under another name it would be another device, so nothing of the host is written.',
    instead: 'Call the device as the message says, or choose another target.',
  },
  'lag-too-few-ports': {
    says: 'A LAG has fewer ports than the platform takes for one.',
    why: 'The switch refuses to make it, so the ports would stay without a LAG.',
    instead: 'Cable as many ports as the message says, or say mode: plain for a single one.',
  },
  'inventory-group-clash': {
    says: 'Two groups of the inventory would have one name.',
    why: 'Ansible takes letters, digits and underscores alone, so names that differ in other characters become one.',
    instead: 'Call one of the groups something else.',
  },
  'inventory-name-clash': {
    says: 'A switch and a host of the inventory have one name.',
    why: 'An inventory knows a machine by its name alone, so the two would be one machine.',
    instead: 'Give one of them another name.',
  },
  'target-missing': {
    says: 'A host has no target, so nothing is rendered for it.',
    why: 'What a host reads (Netplan, interfaces, networkd) cannot be guessed.',
    instead: 'Say target: for the host, or give --target.',
  },
  'targets-collide': {
    says: 'Two targets of one host would write the same file.',
    why: 'One would overwrite the other.',
    instead: 'Render them to different folders, or choose one.',
  },
  'switch-wide-clash': {
    says: 'A setting of the whole switch is wanted in two ways.',
    why: 'The platform has one such setting for the box, and two LAGs or hosts imply different values.',
    instead: 'Say it once, for the switch, and let both follow.',
  },
  'platform-unverified': {
    says: 'A fact about the platform that the output depends on has no source.',
    why: 'It was assumed from siblings or examples, and no model, parser or document confirmed it.',
    instead: 'Check the line on the switch before it is relied upon.',
  },
  'lag-too-many-ports': {
    says: 'A LAG has more ports than the platform can group.',
    why: 'The switch refuses the port, or lets it wait as a standby.',
    instead: 'Use fewer links, faster ones, or two LAGs.',
  },
  'not-understood': {
    says: 'A line was not understood.',
    why: `Inside of a bond's configuration it may change what the bond does, so it is not passed over in silence; in what diagnose reads
it may be the one that says what is wrong. What was read beside it stands.`,
    instead: 'Look at the line: what it says is not in what was read.',
  },
  'lag-renamed': {
    says: 'A LAG of a switch has a name of its own, and is known by a number from here on.',
    why: `An intent knows LAGs by number. Where the platform lets names be chosen, what is written has the name that follows from
the number: taken to the switch as it is, that would be a second LAG beside the first.`,
    instead: 'Take the old one away when what is written is taken to the switch, or rename it there first.',
  },
  'not-recognised': {
    says: 'A file could not be told for anything that can be read.',
    why: 'Neither its name nor its content is that of a target, or for diagnose, of what a machine shows of its bonds.',
    instead:
      'Say what it is with --from. What a machine shows is known by its first lines: name the output whole.',
  },
  'file-shadowed': {
    says: 'A file, or a part of one, is not read because of another.',
    why: `Of two files with one name systemd and Netplan read that of the folder that goes before, and networkd applies to a
device only the first .network file that matches it. What the other one says does nothing.`,
    instead: 'Remove the file that is not read, or give the one that should be read a name that goes before.',
  },
  'netplan-file-order': {
    says: 'One bond is defined in several files of Netplan.',
    why: 'Files are joined in the order of their names: lists grow, and of every other key the last word holds. Which file that is, is easily overlooked.',
    instead: 'Define it in one file.',
  },
  'netplan-refused': {
    says: 'Netplan refuses how definitions stand together.',
    why: `Every device that another one names is defined in the same file, or in one that is read before: the members of a
bond, the ports of a bridge, the link of a VLAN. A definition is a mapping, if an empty one, and a VLAN has an id and a link. Where one of them
is missing, netplan generate ends with 1, and none of the files is put in force.`,
    instead:
      'Define what the message names: an Ethernet port that has nothing to say is eth0: {} below ethernets. Lint all files of the host together, as Netplan reads them.',
  },
  'netplan-renderer-mix': {
    says: 'A bond and its member are configured by different renderers.',
    why: 'Two daemons do not share a bond: the one makes it, and the other does not attach the member to it.',
    instead: 'Let one renderer have both.',
  },
  'netplan-unvalidated-value': {
    says: 'Netplan takes a value that nobody behind it knows.',
    why: 'netplan generate ends with 0, and networkd passes over the word with a line in its log: the driver keeps its default.',
    instead: 'Write one of the values that the message names.',
  },
  'hook-lines-in-import': {
    says: 'A file runs commands that are no part of an intent.',
    why: 'Commands in up and down lines may set what no option line says, and take away what one does. Only those whose whole meaning is known are read.',
    instead: 'Look at the command, and take it along by hand where it is still needed.',
  },
  'slave-stanza-options-differ': {
    says: 'An option of a bond stands in the stanza of a member.',
    why: 'ifenslave reads there which bond the member belongs to, and its primary; other lines do nothing. Releases before let whichever stanza came first configure the bond.',
    instead: 'Say it in the stanza of the bond.',
  },
  'bond-master-and-slaves': {
    says: 'A member is in the list of its bond and names it as well.',
    why: 'Whichever stanza comes up first attaches the member, and the other finds it taken: the order of attachment is a matter of chance.',
    instead: 'Keep the list, or keep bond-master with bond-slaves none.',
  },
  'bond-slaves-all': {
    says: 'A bond takes all that it finds.',
    why: 'ifenslave takes every interface whose name begins with eth. With names such as eno1 that is none.',
    instead: 'Name the members.',
  },
  'legacy-slaves-keyword': {
    says: 'The members are named under a word of old.',
    why: 'ifenslave still reads it; ifupdown2 and ifupdown-ng do not, and the bond is empty there.',
    instead: 'Write bond-slaves.',
  },
  'deprecated-spelling': {
    says: 'A word is an old spelling of another.',
    why: 'It is still read, as long as its reader keeps it.',
    instead: 'Write the word that the message names.',
  },
  'missing-auto-stanza': {
    says: 'Nothing brings a bond up at boot.',
    why: 'ifup -a brings up what stands in an auto line. Without one the bond waits for somebody who says ifup.',
    instead: 'Write auto and its name.',
  },
  'time-unit-trap': {
    says: 'A time is written in a unit that its reader does not take it in.',
    why: 'systemd takes a bare number for seconds: MIIMonitorSec=100 notices a failure after 100 s. The driver takes milliseconds, and refuses a number with a unit behind it.',
    instead: 'Write the unit for systemd, and none in interfaces files.',
  },
  'not-converted': {
    says: 'A switch is not converted.',
    why: 'Its ports have other names on another platform, and which is which only its owner knows.',
    instead: 'Import it, change the platform and the ports in the intent, and render that.',
  },
  'cabling-malformed': {
    says: 'A line of the list of cables is none.',
    why: 'A cable has two ends, each with a name and a port.',
    instead: 'Write host,port,switch,port.',
  },
  'cabling-unknown': {
    says: 'A cable ends at something that was not read.',
    why: 'Without its configuration nothing can be held against the other end.',
    instead: 'Correct the name, or name the file of that host or switch as well.',
  },
  'cabling-contradicts': {
    says: 'Two cables are said of one port.',
    why: 'One port has one cable.',
    instead: 'Remove what is wrong.',
  },
  'cable-in-another-lag': {
    says: 'The ports of one LAG lead to different LAGs.',
    why: 'Ports aggregate only with those whose other ends have the same key. The rest stay out, or make a loop.',
    instead: 'Move the cable, or the port to the LAG that it belongs to.',
  },
  outside: {
    says: 'A file holds more than bonds and what stands on them.',
    why: 'Other devices, services and hooks are none of our business; they are counted so that nobody thinks they were read.',
    instead: 'Nothing, unless something of it belongs to a bond.',
  },
  'text-not-utf8': {
    says: 'A file is not UTF-8.',
    why: 'Its bytes could mean different names to different programs.',
    instead: 'Save it as UTF-8.',
  },
  'text-binary': {
    says: 'A file is no text.',
    why: 'It holds bytes that no text has.',
    instead: 'Name the file that was meant.',
  },
  'text-control-character': {
    says: 'A file holds a control character.',
    why: 'YAML allows none but tab and line breaks, and a terminal would obey some of them.',
    instead: 'Remove it; the place is shown.',
  },
  'text-too-large': {
    says: 'A file is larger than anything that describes a network.',
    why: 'It is most likely another file, and reading it would take memory without end.',
    instead: 'Name the file that was meant, or cut it into several.',
  },
  'formula-wrong': {
    says: 'A formula in braces cannot be worked out for one of the hosts that it stands for.',
    why: 'Names, ports and addresses of a range are counted by formulas; one that has no value would leave a host without them.',
    instead: 'Mend the formula; the message says for which host it fails and why.',
  },
  'range-malformed': {
    says: 'A name with brackets is no range of names.',
    why: 'What a range stands for has to be known before anything is said of it.',
    instead: 'Write numbers and lists of them, such as web[01-40] or web[1,3,5-8].',
  },
  'vlan-not-possible': {
    says: 'A VLAN has a number that the platform does not have.',
    why: 'Some numbers are reserved, and some platforms have no VLAN 1 or none above 4093. Its frames would not pass.',
    instead:
      'Choose another number, for hosts and switch alike; bondplan explain PLATFORM tells which there are.',
  },
  'yaml-too-large': {
    says: 'A document has more nodes than can be meant.',
    why: 'Aliases can make a small file unfold without end.',
    instead: 'Cut it into several files, or write out what the aliases repeat.',
  },
  'yaml-too-deep': {
    says: 'A document is nested deeper than can be meant.',
    why: 'Nothing that describes a network needs it, and it would take memory without end.',
    instead: 'Look for a bracket that was not closed, or indentation that grows.',
  },
  'flow-end-unknown': {
    says: 'A row of traffic names an end that is not in the intent.',
    why: 'Without the end there is no path to predict.',
    instead: 'Name a host, or a host and one of its devices.',
  },
  'flow-to-itself': {
    says: 'A row of traffic begins and ends at one host.',
    why: 'It never leaves the machine.',
    instead: 'Name two hosts.',
  },
  'no-traffic': {
    says: 'No traffic is described, so none is predicted.',
    why: 'Which link a flow takes depends on the flow.',
    instead: 'Add traffic, or ask bondplan hash about one flow.',
  },
  'config-unknown-key': {
    says: 'bondplan.config.yaml says something that cannot be configured.',
    why: 'A setting that does nothing would be taken for one that works.',
    instead: 'Write rules, ignore, targets or docs-url.',
  },
  'config-value-not-allowed': {
    says: 'bondplan.config.yaml has a value of another kind than its key takes.',
    why: 'It configures nothing as it stands.',
    instead: 'Write what the message names.',
  },
  'config-unknown-rule': {
    says: 'bondplan.config.yaml gives a level to a rule that there is none of.',
    why: 'The rule that was meant keeps its level.',
    instead: 'Name a rule or a code as bondplan explain lists them.',
  },
  'config-unknown-target': {
    says: 'bondplan.config.yaml names the version of a target that there is none of, or that has none.',
    why: 'The target that was meant is judged by its newest version.',
    instead: 'Name a target as bondplan targets lists them.',
  },
  'allow-malformed': {
    says: 'A comment that allows a finding cannot be read.',
    why: 'It allows nothing as it stands.',
    instead: 'Write # bondplan-allow RULE: the reason.',
  },
  'allow-without-reason': {
    says: 'A comment allows a finding and gives no reason.',
    why: 'Whoever reads it next year must be able to tell whether it still holds.',
    instead: 'Write # bondplan-allow RULE: the reason.',
  },
  'allow-unknown-rule': {
    says: 'A comment allows a rule that there is none of.',
    why: 'Only what rules find can be allowed; that something is not carried or not understood cannot.',
    instead: 'Name the rule as the finding has it in brackets.',
  },
  'allow-unused': {
    says: 'A comment allows a finding that is not there.',
    why: 'It would hide the finding when it comes back for another reason.',
    instead: 'Remove the comment.',
  },
  'baseline-stale': {
    says: 'The baseline accepts a finding that is not there any more.',
    why: 'It would accept the finding when it comes back.',
    instead: 'Run lint with --update-baseline.',
  },
}
