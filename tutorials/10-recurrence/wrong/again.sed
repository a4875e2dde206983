# diagnosis: the sigmoid and tanh are applied to gates once more
/^void lstm_step_backward/,/^}/{s/i = gates\[k\]/i = 1 \/ (1 + expf(-gates[k]))/;s/f = gates\[H + k\]/f = 1 \/ (1 + expf(-gates[H + k]))/;s/g = gates\[2 \* H + k\]/g = tanhf(gates[2 * H + k])/;s/o = gates\[3 \* H + k\]/o = 1 \/ (1 + expf(-gates[3 * H + k]))/;}
