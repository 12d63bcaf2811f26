package call

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
	switch t := f.about(m); {
	case t == nil:
	case t.ID.Mine:
		f.onReceiver(t, m)
	default:
		f.onSender(t, m)
	}
}

// about is the transfer of this call that a message is about: what is on its
// way to or from somebody else is not for this side to speak of.
func (f *Files) about(m fileMessage) *transfer {
	f.mu.Lock()
	defer f.mu.Unlock()
	if m.Mine {
		return f.theirs[m.ID]
	}
	if t := f.all[TransferID{true, m.ID}]; t != nil && f.out != nil && t.call == f.calls {
		return t
	}
	return nil
}

// onOffer asks the person, or goes on with what an earlier call began.
func (f *Files) onOffer(m fileMessage) {
	f.mu.Lock()
	t := f.offered(m)
	if t == nil {
		f.mu.Unlock()
		return
	}
	id, folder := t.ID, t.folder
	f.mu.Unlock()
	f.tell(t)
	if folder == "" {
		return
	}
	if err := f.Accept(id, folder); err != nil {
		f.log.Warn("a file was not taken", "err", err)
	}
}

// offered is the transfer that an offer begins or goes on with; nil where it is
// refused. f.mu is held.
func (f *Files) offered(m fileMessage) *transfer {
	if f.out == nil {
		return nil // the call is over
	}
	t := f.earlier(m)
	if old := f.theirs[m.ID]; old != nil && !old.State.Over() || f.tooMany() {
		f.say(fileMessage{Type: fileRefuse, ID: m.ID})
		if !f.flooded {
			f.flooded = true
			f.log.Warn("a file was refused", "err", errTooManyFile)
		}
		return nil
	}
	if t == nil {
		t = f.add(Transfer{Name: m.Name, Size: m.Size}, m.Key)
	}
	t.State, t.number, t.call = Offered, m.ID, f.calls
	f.theirs[m.ID] = t
	return t
}

// earlier finds the transfer that an offer goes on with. f.mu is held.
func (f *Files) earlier(m fileMessage) *transfer {
	for id, t := range f.all {
		if !id.Mine && t.State == Paused && t.with == f.with && t.key == m.Key && t.Size == m.Size {
			return t
		}
	}
	return nil
}

// tooMany says whether the other side has to wait with further files. f.mu is
// held.
func (f *Files) tooMany() bool {
	asked, open := 0, 0
	for _, t := range f.theirs {
		switch t.State {
		case Offered:
			asked++
		case Transfering:
			open++
		}
	}
	return asked >= mostOffered || open >= mostOpen
}

// onReceiver takes what the receiver of this side's file says.
func (f *Files) onReceiver(t *transfer, m fileMessage) {
	switch m.Type {
	case fileAccept:
		f.accepted(t, min(m.From, t.Size))
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

// accepted has a file sent from where the receiver wants it.
func (f *Files) accepted(t *transfer, from int64) {
	f.mu.Lock()
	news := t.State == Offered
	if news {
		t.State, t.from, t.Done = Transfering, from, from
	}
	f.mu.Unlock()
	if !news {
		return
	}
	f.tell(t)
	select {
	case f.wake <- struct{}{}:
	default:
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
	t := f.theirs[id]
	f.mu.Unlock()
	if !ok || t == nil || len(content) == 0 {
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
	f.say(fileMessage{Type: verb, ID: t.number})
	f.mu.Unlock()
	f.end(t, state, problem)
}
