package pacing

import "github.com/pion/interceptor"

// Factory hands one pacer to one peer connection.
type Factory struct{ Pacer *Pacer }

// NewInterceptor satisfies interceptor.Factory.
func (f Factory) NewInterceptor(string) (interceptor.Interceptor, error) { return f.Pacer, nil }
