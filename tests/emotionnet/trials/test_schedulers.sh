#!/bin/sh
# One comparison, cut into shares by --cell, run by make -j, by GNU parallel and by a Slurm job array on a cluster of
# three nodes on this machine, joined by --merge: always the same figures. A share that is killed is run again, and a
# node that dies costs its own cells alone.
# usage: EMOTIONNET=build/emotionnet tests/emotionnet/trials/test_schedulers.sh
. "$(dirname "$0")/../../support/shell.sh"
leave() {
	for daemon in n1 n2 n3 slurmctld munged; do
		[ -f "$folder/$daemon.pid" ] || continue
		pid=$(cat "$folder/$daemon.pid")
		kill "$pid" 2>/dev/null
		for _ in $(seq 50); do
			kill -0 "$pid" 2>/dev/null || break
			sleep 0.1
		done
	done
	rm -rf "$folder"
}
trap leave EXIT

same() { # "what" RESULTS...
	what=$1
	shift
	"$program" compare --merge --json "$@" 2>&1 | figures >"$1.figures"
	check "$what" cmp whole.figures "$1.figures"
}

corpus 12 6 2 >corpus.csv
options='--modalities text --epochs 8000 --patience 0 --min-count 1 --embed 8 --text-hidden 8 --fusion-hidden 8 --seeds 2 --threads 1 --quiet'
"$program" compare corpus.csv $options --results whole.jsonl >/dev/null || exit 1
"$program" compare --merge --json whole.jsonl | figures >whole.figures

# --- make: a file a share; what failed is missing, and made when make is called again
cat >Makefile <<END
PARTS := \$(foreach k,1 2 3,make\$(k).jsonl)
make.jsonl: \$(PARTS)
	$program compare --merge --results \$@ \$^
make%.jsonl:
	$program compare corpus.csv $options --cell \$*/3 --results \$@.part
	mv \$@.part \$@
END
check 'make -j' make -j2
same 'make -j' make.jsonl

# --- GNU parallel
if command -v parallel >/dev/null; then
	check 'parallel' parallel -j2 "$program compare corpus.csv $options --cell {}/3 --results parallel{}.jsonl" ::: 1 2 3
	same 'parallel' parallel1.jsonl parallel2.jsonl parallel3.jsonl
else
	echo 'schedulers: parallel is not installed: skipped'
fi

# --- Slurm
cluster() {
	host=$(hostname -s)
	mkdir -p state spool-n1 spool-n2 spool-n3
	head -c 1024 /dev/urandom >munge.key
	chmod 400 munge.key
	chmod 755 "$folder"
	munged --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
		--log-file="$folder/munged.log" --seed-file="$folder/munge.seed" --force >munged.out 2>&1 || return 1
	cat >slurm.conf <<-END
		ClusterName=test
		SlurmctldHost=$host(127.0.0.1)
		SlurmUser=root
		SlurmctldPort=$1
		AuthType=auth/munge
		CredType=cred/munge
		AuthInfo=socket=$folder/munge.socket
		StateSaveLocation=$folder/state
		SlurmdSpoolDir=$folder/spool-%n
		SlurmctldPidFile=$folder/slurmctld.pid
		SlurmdPidFile=$folder/%n.pid
		SlurmctldLogFile=$folder/slurmctld.log
		SlurmdLogFile=$folder/%n.log
		ProctrackType=proctrack/linuxproc
		TaskPlugin=task/none
		SelectType=select/cons_tres
		SelectTypeParameters=CR_CPU
		SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=0
		MpiDefault=none
		ReturnToService=2
		KillWait=1
		MinJobAge=10
		NodeName=n[1-3] NodeHostname=$host NodeAddr=127.0.0.1 Port=[$(($1 + 1))-$(($1 + 3))] CPUs=1 State=UNKNOWN
		PartitionName=all Nodes=ALL Default=YES MaxTime=10 State=UP
	END
	export SLURM_CONF="$folder/slurm.conf"
	slurmctld >slurmctld.out 2>&1 || return 1
	for node in n1 n2 n3; do
		slurmd -N $node >$node.out 2>&1 || return 1
	done
	for _ in $(seq 100); do
		[ "$(sinfo -h -N -o %t 2>/dev/null | grep -c idle)" = 3 ] && return
		sleep 0.1
	done
	return 1
}
until_idle() {
	for _ in $(seq 300); do
		[ -z "$(squeue -h)" ] && return
		sleep 0.1
	done
}
slurm() {
	cat >job.sh <<-END
		#!/bin/sh
		echo "\$SLURMD_NODENAME" >>nodes
		$program compare corpus.csv $(echo "$options" | sed s/--quiet//) \
			--cell \$SLURM_ARRAY_TASK_ID/3 --results slurm\$SLURM_ARRAY_TASK_ID.jsonl &
		[ "\$HALF" != "\$SLURM_ARRAY_TASK_ID" ] && wait && exit
		until [ -f slurm2.jsonl ] && { read -r settings && read -r cell; } <slurm2.jsonl; do :; done
		kill -STOP \$!
		echo "\$SLURMD_NODENAME \$PPID \$\$ \$!" >half.part
		mv half.part half
		wait
	END
	# Each share has a quick cell and a slow one. The second stands still once the first is in its file; then its node
	# dies, with all that runs there.
	HALF=2 sbatch -Q --array=1-3 --no-requeue --output=slurm-%a.out job.sh >slurm.out 2>&1 || return 1
	for _ in $(seq 600); do
		[ -f half ] && break
		sleep 0.05
	done
	read -r node processes <half
	kill -KILL $(cat "$node.pid") $processes
	rm "$node.pid"
	scontrol update nodename="$node" state=down reason=died
	until_idle
	check 'the node that died had run one cell' test "$(wc -l <slurm2.jsonl)" = 2
	for share in 1 3; do
		check "share $share lost nothing" test "$(wc -l <slurm$share.jsonl)" = "$(wc -l <make$share.jsonl)"
	done
	check 'the shares ran on three nodes' test "$(sort -u nodes | wc -l)" = 3
	check 'sbatch --array' sbatch -Q --array=2 --output=again.out job.sh
	until_idle
	check 'the share whose node died went on' grep -q 'slurm2.jsonl has 1 cells already' again.out
	same 'a Slurm job array' slurm1.jsonl slurm2.jsonl slurm3.jsonl
}
if command -v sbatch >/dev/null && command -v munged >/dev/null && [ "$(id -u)" = 0 ]; then
	if cluster $((20000 + $$ % 20000)); then
		slurm
	else
		failed 'the cluster of three nodes did not start'
		tail -5 munged.out slurmctld.out slurmctld.log n?.out n?.log 2>/dev/null
	fi
else
	echo 'schedulers: no Slurm, or not root: skipped'
fi

finish
