package call

import "time"

// take reads what the other side says about files. What is not understood, or
// fits no transfer, changes nothing.
func (f *Files) take(message []byte) {
	m, err := decodeFile(message)
	if err != nil {
		f.log.Debug("left out", "err", err)
		return
	}
	if m.Type == fileOffer {
		f.onOffer(m)
		return
	}
	f.mu.Lock()
	t := f.all[TransferID{!m.Mine, m.ID}]
	f.mu.Unlock()
	switch {
	case t == nil:
	case t.ID.Mine:
		f.onReceiver(t, m)
	default:
		f.onSender(t, m)
	}
}

// onOffer asks the person, or goes on with what an earlier call began.
func (f *Files) onOffer(m fileMessage) {
	f.mu.Lock()
	t := f.earlier(m)
	again := t != nil
	if !again {
		t = &transfer{key: m.Key, with: f.with, folder: f.folder}
		t.Transfer = Transfer{ID: TransferID{false, m.ID}, Name: m.Name, Size: m.Size, State: Offered, Began: time.Now()}
		if old := f.all[t.ID]; old != nil && !old.State.Over() || f.offered() >= mostOffered {
			f.say(fileMessage{Type: fileRefuse, ID: m.ID})
			f.mu.Unlock()
			f.log.Warn("a file was refused", "err", errTooManyFile)
			return
		}
	}
	t.State = Offered
	f.keep(t)
	id, folder, now := t.ID, t.folder, t.Transfer
	f.mu.Unlock()
	f.news.tell(now)
	if folder == "" {
		return
	}
	if err := f.Accept(id, folder); err != nil {
		f.log.Warn("a file was not taken", "err", err)
	}
}

// earlier finds the transfer that an offer goes on with, under its new number.
// f.mu is held.
func (f *Files) earlier(m fileMessage) *transfer {
	for id, t := range f.all {
		if !id.Mine && t.State == Paused && t.with == f.with && t.key == m.Key && t.Size == m.Size {
			delete(f.all, id)
			t.ID.N = m.ID
			return t
		}
	}
	return nil
}

// offered counts what the other side offers and nobody has answered. f.mu is held.
func (f *Files) offered() (n int) {
	for id, t := range f.all {
		if !id.Mine && t.State == Offered {
			n++
		}
	}
	return n
}

// onReceiver takes what the receiver of this side's file says.
func (f *Files) onReceiver(t *transfer, m fileMessage) {
	switch m.Type {
	case fileAccept:
		f.mu.Lock()
		if t.State == Offered {
			t.State, t.from, t.Done = Transfering, min(m.From, t.Size), min(m.From, t.Size)
		}
		now := t.Transfer
		f.mu.Unlock()
		f.news.tell(now)
		select {
		case f.wake <- struct{}{}:
		default:
		}
	case fileRefuse:
		f.end(t, Turned, nil)
	case fileCancel:
		f.end(t, Stopped, nil)
	case fileKept:
		f.mu.Lock()
		whole := t.Done == t.Size
		f.mu.Unlock()
		if whole {
			f.end(t, Kept, nil)
		}
	case fileBroken:
		f.end(t, Spoiled, errBroken)
	}
}

// onSender takes what the sender of a file says.
func (f *Files) onSender(t *transfer, m fileMessage) {
	switch m.Type {
	case fileCancel:
		f.end(t, Stopped, nil)
	case fileDone:
		f.mu.Lock()
		t.sum = m.SHA256
		f.mu.Unlock()
		f.finish(t)
	}
}

// takeBytes keeps a part of a file. One that does not follow on what is there
// is of another connection, or of nobody's.
func (f *Files) takeBytes(message []byte) {
	id, offset, content, ok := fileBytes(message)
	f.mu.Lock()
	t := f.all[TransferID{false, id}]
	f.mu.Unlock()
	if !ok || t == nil {
		return
	}
	t.io.Lock()
	if t.part == nil || t.part.Have() != offset || offset+int64(len(content)) > t.Size {
		t.io.Unlock()
		return
	}
	_, err := t.part.Write(content)
	done := t.part.Have()
	t.io.Unlock()
	if err != nil {
		f.mu.Lock()
		f.say(fileMessage{Type: fileCancel, ID: id})
		f.mu.Unlock()
		f.end(t, Spoiled, err)
		return
	}
	f.progress(t, done)
	if done == t.Size {
		f.finish(t)
	}
}

// finish checks a file that is whole and gives it its name. The last bytes and
// the sum come over different channels, in any order.
func (f *Files) finish(t *transfer) {
	t.io.Lock()
	f.mu.Lock()
	sum, running := t.sum, t.State == Transfering
	f.mu.Unlock()
	if t.part == nil || !running || sum == "" || t.part.Have() != t.Size {
		t.io.Unlock()
		return
	}
	verb, state, problem := fileKept, Kept, error(nil)
	if t.part.Sum() != sum {
		verb, state, problem = fileBroken, Spoiled, errBroken
	} else if path, err := t.part.Finish(); err != nil {
		verb, state, problem = fileBroken, Spoiled, err
	} else {
		t.part = nil
		f.mu.Lock()
		t.Path = path
		f.mu.Unlock()
	}
	t.io.Unlock()
	f.mu.Lock()
	f.say(fileMessage{Type: verb, ID: t.ID.N})
	f.mu.Unlock()
	f.end(t, state, problem)
}
